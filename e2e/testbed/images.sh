#!/usr/bin/env bash
# The testbed's images, on the first engine and as an archive in the cache from which any engine is filled again.
#   testbed/node:v1.20.2   a node image by kindest/node's conventions, its control plane's images preloaded
#   testbed/registry:2  testbed/haproxy:2  testbed/busybox:1
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
. "$here/image-set.sh"

work=$cache/images.part

# build TAG DOCKERFILE [FILE...]: an image from the text of a Dockerfile and the files or directories that it copies
build() {
  local tag=$1 dockerfile=$2 context=$work/context
  shift 2
  rm -rf "$context"
  mkdir "$context"
  [ $# = 0 ] || cp -r "$@" "$context/"
  printf '%b' "$dockerfile" >"$context/Dockerfile"
  first build -q --label "$image_label=$image_inputs" -t "$tag" "$context" >"$work/build.log" 2>&1 || {
    tail -n 20 "$work/build.log" >&2
    fail "building $tag failed"
  }
}

control_plane_images() {
  local name
  gcc -static -Os -s -o "$work/pause" "$here/files/pause.c"
  for name in kube-apiserver kube-controller-manager kube-scheduler; do
    build "k8s.gcr.io/$name:$kubernetes_version" "FROM scratch\nCOPY $name /usr/local/bin/$name\nENV PATH=/usr/local/bin\n" "$programs/$name"
  done
  build "k8s.gcr.io/kube-proxy:$kubernetes_version" 'FROM testbed/base:1\nCOPY kube-proxy /usr/local/bin/kube-proxy\n' "$programs/kube-proxy"
  build k8s.gcr.io/etcd:3.4.13-0 'FROM testbed/base:1\nENV ETCDCTL_API=3\n'
  build k8s.gcr.io/pause:3.2 'FROM scratch\nCOPY pause /pause\nENTRYPOINT ["/pause"]\n' "$work/pause"
  build testbed/kubectl:1 'FROM testbed/base:1\nCOPY kubectl /usr/local/bin/kubectl\n' "$programs/kubectl"
  build testbed/pod-network:1 'FROM testbed/kubectl:1\nCOPY pod-network /pod-network\nENTRYPOINT ["/pod-network"]\n' "$here/files/pod-network"
  build k8s.gcr.io/coredns:1.7.0 'FROM testbed/kubectl:1\nCOPY cluster-dns /cluster-dns\nENTRYPOINT ["/cluster-dns"]\n' "$here/files/cluster-dns"
}

side_images() {
  printf 'version: 0.1\nstorage: {filesystem: {rootdirectory: /var/lib/registry}, delete: {enabled: true}}\nhttp: {addr: ":5000"}\n' >"$work/config.yml"
  build testbed/busybox:1 'FROM testbed/base:1 AS base\nFROM scratch\nCOPY --from=base /bin/busybox /bin/busybox\nRUN ["/bin/busybox","--install","-s","/bin"]\nENV PATH=/bin\nCMD ["sh"]\n'
  build testbed/haproxy:2 'FROM testbed/base:1\nSTOPSIGNAL SIGUSR1\nENTRYPOINT ["haproxy"]\nCMD ["-W","-db","-f","/usr/local/etc/haproxy/haproxy.cfg"]\n'
  build testbed/registry:2 'FROM testbed/base:1\nCOPY config.yml /etc/docker/registry/config.yml\nVOLUME /var/lib/registry\nEXPOSE 5000\nENTRYPOINT ["docker-registry"]\nCMD ["serve","/etc/docker/registry/config.yml"]\n' "$work/config.yml"
}

# Files and links that turn the node layer into a node, below $work/node.
node_files() {
  local unit masked=(getty.target console-getty.service systemd-logind.service systemd-udevd.service systemd-udev-trigger.service
    systemd-timesyncd.service systemd-networkd.service systemd-remount-fs.service systemd-modules-load.service kmod-static-nodes.service
    dev-hugepages.mount sys-kernel-config.mount sys-kernel-debug.mount sys-kernel-tracing.mount sys-fs-fuse-connections.mount
    systemd-tmpfiles-clean.timer apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service
    fstrim.timer)
  mkdir "$work/node"
  cd "$work/node"
  mkdir -p usr/bin kind/manifests etc/cni/net.d etc/kubernetes/manifests etc/containerd/certs.d etc/default \
    etc/systemd/system.conf.d etc/systemd/system/multi-user.target.wants
  install "$programs"/{kubeadm,kubelet,kubectl} usr/bin/
  install -D "$here/files/entrypoint" usr/local/bin/entrypoint
  install -m 644 "$here"/files/systemd/*.service etc/systemd/system/
  install -m 644 "$here/files/containerd.toml" etc/containerd/config.toml
  install -m 644 "$here/files/pod-network.yaml" kind/manifests/default-cni.yaml
  install -m 644 "$here/files/storage.yaml" kind/manifests/default-storage.yaml
  printf %s "$kubernetes_version" >kind/version
  echo 'KUBELET_EXTRA_ARGS=--runtime-cgroups=/system.slice/containerd.service' >etc/default/kubelet
  printf '[Manager]\nDefaultTimeoutStopSec=5s\nShowStatus=yes\nLogTarget=console\n' >etc/systemd/system.conf.d/node.conf
  ln -s /lib/systemd/system/multi-user.target etc/systemd/system/default.target
  for unit in containerd kubelet; do ln -s "/etc/systemd/system/$unit.service" etc/systemd/system/multi-user.target.wants/; done
  for unit in "${masked[@]}"; do ln -s /dev/null "etc/systemd/system/$unit"; done
  cd "$work"
}

# Imports the control plane's images into the node's containerd without unpacking, as kindest/node has them.
preload() {
  local name=testbed-preload
  first rm -f $name >/dev/null 2>&1 || true
  first run -d --name $name --privileged --entrypoint sleep testbed/node-empty:1 3600 >/dev/null
  first exec -d $name containerd
  for _ in $(seq 80); do
    if first exec $name ctr version >/dev/null 2>&1; then break; fi
    sleep 0.25
  done
  first save k8s.gcr.io/{kube-apiserver,kube-controller-manager,kube-scheduler,kube-proxy}:$kubernetes_version \
    k8s.gcr.io/etcd:3.4.13-0 k8s.gcr.io/pause:3.2 k8s.gcr.io/coredns:1.7.0 testbed/pod-network:1 |
    first exec -i $name ctr --namespace k8s.io images import --no-unpack --all-platforms - >/dev/null
  first exec $name sh -c 'pkill containerd; while pgrep -x containerd >/dev/null; do sleep 0.1; done; rm -rf /run/containerd'
  first commit -c 'ENTRYPOINT ["/usr/local/bin/entrypoint","/sbin/init"]' $name "$BOATHOUSE_TEST_NODE_IMAGE" >/dev/null
  first rm -f $name >/dev/null
}

make_images() {
  "$here/kubernetes.sh"
  "$here/roots.sh"
  apt_install gcc libc6-dev
  remove_tree "$work"
  mkdir "$work"
  say "Building the control plane's images"
  zstd -dc "$cache/root-base.tar.zst" | first import - testbed/base:1 >/dev/null
  control_plane_images
  side_images
  say "Building the node image"
  zstd -dc "$cache/root-node.tar.zst" | first import - testbed/node-root:1 >/dev/null
  node_files
  build testbed/node-empty:1 'FROM testbed/node-root:1\nCOPY node /\nRUN mkdir -p /opt/cni/bin && cd /usr/lib/cni && cp host-local loopback portmap ptp bridge /opt/cni/bin/\nENV container=docker\nSTOPSIGNAL SIGRTMIN+3\nENTRYPOINT ["/usr/local/bin/entrypoint","/sbin/init"]\n' "$work/node"
  say "Preloading the control plane's images into the node image"
  preload
  # only the names of what the images were made from: their layers stay
  first rmi k8s.gcr.io/{kube-apiserver,kube-controller-manager,kube-scheduler,kube-proxy}:$kubernetes_version k8s.gcr.io/etcd:3.4.13-0 \
    k8s.gcr.io/pause:3.2 k8s.gcr.io/coredns:1.7.0 testbed/{pod-network,kubectl,base,node-empty,node-root}:1 >/dev/null
  rm -rf "$work"
}

if has_images first && [ -f "$image_archive" ]; then exit; fi
lock images
apt_install zstd
if ! has_images first; then
  if [ -f "$image_archive" ]; then
    say "Loading the images from the cache"
    load_images first
  else
    make_images
  fi
  forget_old_images first
fi
archive_images
