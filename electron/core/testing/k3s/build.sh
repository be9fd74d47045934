#!/bin/bash
# Turns a container of the testbed's node image into one that is like rancher/k3s: busybox as its shell, the stand-in as /bin/k3s.
# /stand-in holds the script and the busybox.
set -eu
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
containerd >/tmp/containerd.log 2>&1 &
until ctr version >/dev/null 2>&1; do sleep 0.2; done
copy() {
  ctr -n k8s.io images mount "$1" /mnt >/dev/null
  cp "/mnt/$2" "$3"
  ctr -n k8s.io images unmount --rm /mnt >/dev/null
}
take() { ctr -n k8s.io images ls -q | grep "/$1:" | head -n 1; }
copy "$(take kube-apiserver)" usr/local/bin/kube-apiserver /usr/bin/kube-apiserver
copy "$(take etcd)" usr/bin/etcd /usr/bin/etcd
kill %1
wait || true
rm -rf /var/lib/containerd /run/containerd /kind /usr/bin/kubelet /usr/bin/kubeadm
mv /usr/bin/kubectl /usr/bin/kubectl.real
printf '#!/bin/sh\nexec /usr/bin/kubectl.real --kubeconfig "${KUBECONFIG:-/etc/rancher/k3s/k3s.yaml}" "$@"\n' >/usr/bin/kubectl
# Images of k3s have no curl, no getent and no bash: whoever comes from outside must do without.
mkdir -p /usr/lib/stand-in
mv /usr/bin/curl /usr/lib/stand-in/curl
rm -f /usr/bin/getent
install /stand-in/k3s /usr/bin/k3s
# Nothing is run, so images that are imported are only noted.
printf '#!/bin/sh\nmkdir -p /var/lib/rancher/k3s/imported\n[ "$1" = version ] && exit\ncase "$*" in *--help*) exit ;; *" import "*) cat >"/var/lib/rancher/k3s/imported/$$.tar" ;; esac\n' >/usr/bin/ctr
chmod 755 /usr/bin/ctr
install /stand-in/busybox /usr/bin/busybox
chmod 755 /usr/bin/kubectl
# The programs that scripts of the cluster's maker may count on are busybox's; those that the stand-in alone needs stay Debian's.
for applet in sh awk sed grep cat cut tr od date sleep mkdir cp mv head tail nslookup; do ln -sf busybox "/usr/bin/$applet"; done
rm -f /usr/bin/bash
