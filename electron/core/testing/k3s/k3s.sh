#!/bin/sh
# Stands in for k3s where no real one can be had: a real etcd and a real API server, and around them what k3s says, writes and
# registers, so that everything which looks at a cluster from outside finds what it would find. Nothing is scheduled, no pod runs.
#   k3s server [ARGUMENT...]    k3s agent [ARGUMENT...]    k3s kubectl ...
set -u
mode=${1:-agent}
[ $# -gt 0 ] && shift
data=/var/lib/rancher/k3s
tls=$data/server/tls
manifests=$data/server/manifests
services=10.43.0.0/16
# What k3s' images do not have and only the stand-in needs, out of sight of everybody else.
aside=/usr/lib/stand-in
echo "time=\"$(date -Iseconds)\" level=info msg=\"Starting k3s stand-in $mode $*\""

say() { echo "time=\"$(date -Iseconds)\" level=info msg=\"$*\""; }
fatal() {
  echo "time=\"$(date -Iseconds)\" level=fatal msg=\"$*\""
  exit 1
}

# api METHOD PATH [BODY]: asks the API as administrator
api() {
  type=application/json
  [ "$1" = PATCH ] && type=application/merge-patch+json
  $aside/curl -skf -o /dev/null -X "$1" -H "Authorization: Bearer $K3S_TOKEN" -H "Content-Type: $type" ${3:+-d "$3"} "$server$2"
}

# certificate NAME SUBJECT [SAN]: signed by the cluster's authority
certificate() {
  openssl req -newkey rsa:2048 -nodes -keyout "$tls/$1.key" -out "$tls/$1.csr" -subj "$2" 2>/dev/null
  printf '%s\n' "extendedKeyUsage=serverAuth,clientAuth" ${3:+"subjectAltName=$3"} >"$tls/$1.ext"
  openssl x509 -req -in "$tls/$1.csr" -CA "$tls/ca.crt" -CAkey "$tls/ca.key" -CAcreateserial -days 30 -out "$tls/$1.crt" -extfile "$tls/$1.ext" 2>/dev/null
}

# certificates SAN...
certificates() {
  mkdir -p "$tls"
  [ -e "$tls/ca.crt" ] && return
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=k3s-stand-in-ca -keyout "$tls/ca.key" -out "$tls/ca.crt" 2>/dev/null
  names="IP:127.0.0.1,IP:${services%.*}.1,DNS:localhost,DNS:kubernetes,DNS:$(hostname)"
  for san; do
    case $san in
      *[!0-9.]*) names="$names,DNS:$san" ;;
      *) names="$names,IP:$san" ;;
    esac
  done
  certificate serving /CN=kube-apiserver "$names"
  certificate admin /O=system:masters/CN=system:admin
  openssl genrsa -out "$tls/service.key" 2048 2>/dev/null
}

write_kubeconfig() {
  file=${K3S_KUBECONFIG_OUTPUT:-/etc/rancher/k3s/k3s.yaml}
  mkdir -p "$(dirname "$file")" /etc/rancher/k3s
  base64of() { base64 -w 0 "$1"; }
  cat >"$file" <<END
apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: $(base64of "$tls/ca.crt")
    server: https://127.0.0.1:6443
  name: default
contexts:
- context:
    cluster: default
    user: default
  name: default
current-context: default
kind: Config
preferences: {}
users:
- name: default
  user:
    client-certificate-data: $(base64of "$tls/admin.crt")
    client-key-data: $(base64of "$tls/admin.key")
END
  [ "$file" = /etc/rancher/k3s/k3s.yaml ] || ln -sf "$file" /etc/rancher/k3s/k3s.yaml
}

start_api() {
  echo "$K3S_TOKEN,admin,admin,system:masters" >"$tls/tokens.csv"
  mkdir -p $data/server/db
  etcd --data-dir $data/server/db --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 >/var/log/etcd.log 2>&1 &
  kube-apiserver --etcd-servers http://127.0.0.1:2379 --secure-port 6443 --bind-address 0.0.0.0 --tls-cert-file $tls/serving.crt \
    --tls-private-key-file $tls/serving.key --client-ca-file $tls/ca.crt --token-auth-file $tls/tokens.csv \
    --service-account-key-file $tls/service.key --service-account-signing-key-file $tls/service.key \
    --service-account-issuer https://kubernetes.default --service-cluster-ip-range $services --authorization-mode RBAC \
    --disable-admission-plugins ServiceAccount --allow-privileged >/var/log/kube-apiserver.log 2>&1 &
  server=https://127.0.0.1:6443
  until api GET /readyz; do sleep 0.3; done
}

# What k3s stages at every start, and what its controllers make of it.
stage() {
  mkdir -p $manifests
  cat >$manifests/coredns.yaml <<END
apiVersion: v1
kind: ServiceAccount
metadata:
  name: coredns
  namespace: kube-system
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: coredns
  namespace: kube-system
data:
  Corefile: |
    .:53 { hosts /etc/coredns/NodeHosts }
  NodeHosts: ""
---
apiVersion: v1
kind: Service
metadata:
  name: kube-dns
  namespace: kube-system
spec:
  clusterIP: $dns
  ports:
  - {name: dns-tcp, port: 53, protocol: TCP}
END
}

deployment() {
  api POST /apis/apps/v1/namespaces/kube-system/deployments \
    "{\"metadata\":{\"name\":\"$1\"},\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"$1\"}},\"template\":{\"metadata\":{\"labels\":{\"app\":\"$1\"}},\"spec\":{\"containers\":[{\"name\":\"c\",\"image\":\"c\"}]}}}}"
  api PATCH "/apis/apps/v1/namespaces/kube-system/deployments/$1/status" '{"status":{"replicas":1,"availableReplicas":1,"readyReplicas":1}}'
}

# Applies manifests whenever one has changed, as k3s' deploy controller does.
deploy() {
  before=''
  while :; do
    now=$(cat $manifests/*.yaml | cksum)
    if [ "$now" != "$before" ] && kubectl --kubeconfig /etc/rancher/k3s/k3s.yaml apply -f $manifests >/var/log/deploy.log 2>&1; then
      before=$now
    fi
    sleep 0.5
  done
}

# The DNS Service leads to an answer that is always the same: one record for the question that was asked.
answer_dns() {
  ip addr add $dns/32 dev lo 2>/dev/null
  api POST /api/v1/namespaces/kube-system/endpoints \
    '{"metadata":{"name":"kube-dns"},"subsets":[{"addresses":[{"ip":"10.42.0.2"}],"ports":[{"name":"dns-tcp","port":53}]}]}'
  printf '\000\014\022\064\201\200\000\001\000\001\000\000\000\000' >/dns-answer
  socat TCP4-LISTEN:53,bind=$dns,reuseaddr,fork SYSTEM:'head -c 56 >/dev/null; cat /dns-answer' &
}

# register: the node, Ready, with a lease that is renewed as a kubelet does it
register() {
  taints=''
  for taint in $node_taints; do
    key=${taint%:*} effect=${taint##*:}
    taints="$taints${taints:+,}{\"key\":\"${key%%=*}\",\"value\":\"$(echo "$key" | sed -n 's/^[^=]*=//p')\",\"effect\":\"$effect\"}"
  done
  node=$(hostname) labels="\"kubernetes.io/hostname\":\"$(hostname)\""
  for label in $node_labels; do labels="$labels,\"${label%%=*}\":\"${label#*=}\""; done
  lease=/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases
  api POST /api/v1/namespaces '{"metadata":{"name":"kube-node-lease"}}'
  api POST /api/v1/nodes "{\"metadata\":{\"name\":\"$node\",\"labels\":{$labels}},\"spec\":{\"taints\":[$taints]}}"
  heartbeat
  api POST $lease "{\"metadata\":{\"name\":\"$node\"},\"spec\":{\"holderIdentity\":\"$node\"}}"
  renew
}

heartbeat() {
  now=$(date -u +%Y-%m-%dT%H:%M:%SZ)
  api PATCH "/api/v1/nodes/$node/status" "{\"status\":{\"conditions\":[{\"type\":\"Ready\",\"status\":\"True\",\"reason\":\"KubeletReady\",\"lastHeartbeatTime\":\"$now\",\"lastTransitionTime\":\"$now\"}]}}"
}

renew() {
  now=$(date -u +%Y-%m-%dT%H:%M:%S.000000Z)
  api PATCH "$lease/$node" "{\"spec\":{\"renewTime\":\"$now\"}}"
}

keep_alive() {
  while :; do
    sleep 2
    renew
    heartbeat
  done
}

# What a kubelet's port answers: somebody is there.
kubelet() {
  socat TCP4-LISTEN:10250,reuseaddr,fork /dev/null &
}

# node_labels, node_taints, sans and services from the arguments, in both spellings
node_labels='' node_taints='' sans=''
parse() {
  while [ $# -gt 0 ]; do
    case $1 in
      --node-label) node_labels="$node_labels $2" && shift ;;
      --node-label=*) node_labels="$node_labels ${1#*=}" ;;
      --node-taint) node_taints="$node_taints $2" && shift ;;
      --node-taint=*) node_taints="$node_taints ${1#*=}" ;;
      --service-cidr) services=$2 && shift ;;
      --service-cidr=*) services=${1#*=} ;;
      --tls-san) sans="$sans $2" && shift ;;
      --tls-san=*) sans="$sans ${1#*=}" ;;
      --fail*) fatal "told to fail" ;;
    esac
    shift
  done
}

serve() {
  # shellcheck disable=SC2086 # a list
  certificates $sans
  write_kubeconfig
  say "Containerd is now running"
  start_api
  say "Running kube-apiserver --secure-port=6443"
  stage
  deploy &
  register
  answer_dns
  deployment coredns
  deployment local-path-provisioner
  say "Cluster dns configmap has been set successfully"
  say "k3s is up and running"
  keep_alive
}

# A further server leads to the first one's API: there is one etcd, whatever they say.
join() {
  server=$K3S_URL
  first=${K3S_URL#https://}
  until api GET /readyz; do sleep 0.3; done
  socat TCP4-LISTEN:6443,reuseaddr,fork "TCP4:$first" &
  mkdir -p $tls
  say "Running kube-apiserver --secure-port=6443"
  stage
  register
  say "Cluster dns configmap has been set successfully"
  say "k3s is up and running"
  keep_alive
}

trap 'kill 0; exit 0' TERM INT
parse "$@"
dns=${services%.*}.10
[ "$mode" = kubectl ] || kubelet
case $mode in
  server)
    [ -n "${K3S_TOKEN:-}" ] || fatal "no token"
    if [ -n "${K3S_URL:-}" ]; then join & else serve & fi
    ;;
  agent)
    [ -n "${K3S_URL:-}" ] || fatal "--server is required"
    {
      server=$K3S_URL
      until api GET /readyz; do sleep 0.3; done
      register
      say "Successfully registered node $node"
      keep_alive
    } &
    ;;
  kubectl) exec kubectl --kubeconfig "${KUBECONFIG:-/etc/rancher/k3s/k3s.yaml}" "$@" ;;
  *) fatal "unknown command $mode" ;;
esac
wait $!
