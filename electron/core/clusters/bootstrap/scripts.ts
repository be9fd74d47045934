// The shell scripts that are run inside nodes while a cluster comes up: one per step, so that each is one exec.

const config = '--config /kind/kubeadm.conf';

/** Several shell lines, the first failing one ends it; output of all goes to the operation's log. */
function script(...lines: string[]): string[] {
  return ['bash', '-c', ['set -eo pipefail', ...lines].join('\n')];
}

/**
 * Writes the kubelet's configuration: the same phase for control planes and workers. kubeadm would also start it; where it finds no
 * `systemctl` it leaves that to others. On a worker it would take the authority's certificate without its key for an external
 * authority, so it is put aside meanwhile.
 */
export function configureKubelet(role: 'control-plane' | 'worker'): string[] {
  const authority = '/etc/kubernetes/pki/ca.crt';
  return script(
    'programs=$(mktemp -d)',
    ...(role === 'worker' ? [`mv ${authority} ${authority}.aside`] : []),
    `trap 'rm -r $programs; [ ! -e ${authority}.aside ] || mv ${authority}.aside ${authority}' EXIT`,
    'ln -s "$(command -v kubelet)" $programs/kubelet',
    `env PATH=$programs "$(command -v kubeadm)" init phase kubelet-start ${config}`,
  );
}

/**
 * Prints what `configureKubelet` would write on another node of this one's image: a line for each file, its path below
 * `/var/lib/kubelet` and its content in base64. Reads that node's kubeadm configuration; nothing of it stays here.
 */
export function kubeletConfigurationOf(): string[] {
  return script(
    'folder=$(mktemp -d)',
    "trap 'rm -r $folder' EXIT",
    'cat >$folder/kubeadm.conf',
    'mkdir $folder/programs $folder/kubelet',
    'ln -s "$(command -v kubelet)" $folder/programs/kubelet',
    'export folder kubeadm="$(command -v kubeadm)"',
    "unshare --mount bash -ec 'mount --bind $folder/kubelet /var/lib/kubelet",
    "  PATH=$folder/programs $kubeadm init phase kubelet-start --config $folder/kubeadm.conf' >&2",
    'cd $folder/kubelet',
    "find . -type f -printf '%P ' -exec base64 -w0 {} \\; -printf '\\n'",
  );
}

/** Starts the kubelet, which systemd may be trying to start in vain already. */
export function startKubelet(): string[] {
  return script('systemctl daemon-reload', 'systemctl restart kubelet');
}

/**
 * Writes the static pods of a control plane. With `firstStage` the controller manager starts without its node IPAM controller
 * (see control-plane.ts); its final manifest waits beside. `members` (`name=https://address:2380`, ...) are those that etcd begins
 * with: several control planes found their etcd together instead of joining one after another.
 */
export function writeControlPlane(firstStage: boolean, members: readonly string[]): string[] {
  const manifest = '/etc/kubernetes/manifests/kube-controller-manager.yaml';
  return script(
    `kubeadm init phase etcd local ${config} & etcd=$!`,
    `kubeadm init phase control-plane apiserver ${config} & apiserver=$!`,
    `kubeadm init phase control-plane scheduler ${config} & scheduler=$!`,
    'wait $etcd; wait $apiserver; wait $scheduler',
    ...(members.length > 1
      ? [`sed -i 's|--initial-cluster=.*|--initial-cluster=${members.join()}|' ${etcdManifest}`]
      : []),
    `kubeadm init phase control-plane controller-manager ${config}`,
    ...(firstStage
      ? [
          `cp ${manifest} ${finalManifest}`,
          `sed -i 's/--allocate-node-cidrs=true/--allocate-node-cidrs=false/' ${manifest}`,
        ]
      : []),
  );
}

/**
 * Lets a control plane that comes later join the etcd of `members` (all of them, itself included). kubeadm writes the manifest where
 * the kubelet does not see it, since an etcd that starts with other members would found one of its own.
 */
export function joinEtcd(members: readonly string[]): string[] {
  const aside = '/kind/joining';
  return script(
    `mkdir -p ${aside}`,
    `unshare --mount bash -ec 'mount --bind ${aside} /etc/kubernetes/manifests; kubeadm init phase etcd local ${config}'`,
    `sed -i -e 's|--initial-cluster=.*|--initial-cluster=${members.join()}|' \\`,
    `  -e '/--initial-cluster=/a\\    - --initial-cluster-state=existing' ${aside}/etcd.yaml`,
    `mv ${aside}/etcd.yaml ${etcdManifest}`,
  );
}

/** Writes what else makes a control plane, and ends when its API server is ready; kubeadm gives it 4 minutes. */
export function startLaterControlPlane(): string[] {
  return script(
    `kubeadm init phase control-plane all ${config}`,
    'for i in $(seq 1200); do curl -sfk https://127.0.0.1:6443/readyz >/dev/null && exit 0; sleep 0.2; done',
    'exit 1',
  );
}

/**
 * Leads a node to the API at another address: whatever of kubeadm's and the kubelet's names the old one. A kubelet whose way
 * changes starts anew; pods go on.
 */
export function moveEndpoint(from: string, to: string): string[] {
  return script(
    'kubelet=/etc/kubernetes/kubelet.conf',
    `moved=$(grep -c 'server: https://${from}$' $kubelet || true)`,
    `sed -i 's|server: https://${from}$|server: https://${to}|' /etc/kubernetes/*.conf`,
    `sed -i 's|\\(\\(controlPlane\\|apiServer\\)Endpoint: *"\\{0,1\\}\\)${from}|\\1${to}|' /kind/kubeadm.conf`,
    '[ "$moved" = 0 ] || systemctl restart kubelet',
  );
}

/** Whether the controllers of a control plane act only when elected; ends when those that run do so. */
export function electLeaders(elect: boolean): string[] {
  const [from, to] = [`leader-elect=${!elect}`, `leader-elect=${elect}`];
  const manifests = ['kube-controller-manager', 'kube-scheduler'].map(
    (name) => `/etc/kubernetes/manifests/${name}.yaml`,
  );
  return script(
    `sed -i 's|--${from}|--${to}|' ${manifests.join(' ')}`,
    `for i in $(seq 600); do pgrep -f -- '^kube-[a-z-]* .*--${from}' >/dev/null || exit 0; sleep 0.1; done`,
    'exit 1',
  );
}

/** Ends when the kubelet has begun to start the static pods; kubeadm gives a control plane 4 minutes. */
export function untilStaticPodsStart(): string[] {
  return script('for i in $(seq 2400); do pgrep -x pause >/dev/null && exit 0; sleep 0.1; done', 'exit 1');
}

const etcdManifest = '/etc/kubernetes/manifests/etcd.yaml';
const finalManifest = '/kind/kube-controller-manager.yaml';

/** Gives the controller manager its final manifest and waits until it is healthy with it. */
export function finishControllerManager(): string[] {
  return script(
    `mv ${finalManifest} /etc/kubernetes/manifests/kube-controller-manager.yaml`,
    "until pgrep -f 'kube-controller-manager .*--allocate-node-cidrs=true' >/dev/null; do sleep 0.2; done",
    'until curl -sfk https://127.0.0.1:10257/healthz >/dev/null; do sleep 0.2; done',
  );
}

export function installDns(): string[] {
  return script(`kubeadm init phase addon coredns ${config}`);
}

export function installKubeProxy(): string[] {
  return script(`kubeadm init phase addon kube-proxy ${config}`);
}

/** What else `kubeadm init` leaves in a cluster, so that `kubeadm token`, `join`, `certs` and `upgrade` work later. */
export function storeConfiguration(alone: boolean): string[] {
  return script(
    `kubeadm init phase upload-config all ${config} & upload=$!`,
    `kubeadm init phase bootstrap-token ${config} & token=$!`,
    `kubeadm init phase mark-control-plane ${config}`,
    'wait $upload; wait $token',
    // kind 0.33: a node that is alone also serves load balancers.
    ...(alone
      ? [
          'kubectl --kubeconfig=/etc/kubernetes/admin.conf label nodes --all node.kubernetes.io/exclude-from-external-load-balancers-',
        ]
      : []),
  );
}

/**
 * What kubeadm leaves for each further control plane: label and taint, and up to Kubernetes 1.21 its place in the stored
 * configuration.
 */
export function storeFurtherControlPlane(withStatus: boolean): string[] {
  return script(
    `kubeadm init phase mark-control-plane ${config}`,
    ...(withStatus ? [`kubeadm init phase upload-config kubeadm ${config}`] : []),
  );
}

/**
 * Adds the certificates in `/usr/local/share/ca-certificates` to those that the node's programs trust. containerd reads them once,
 * so it is started anew; nothing runs in it yet.
 */
export function updateTrust(): string[] {
  return script('update-ca-certificates', '! pgrep --exact containerd >/dev/null || systemctl restart containerd');
}

/** Succeeds where a pod network has left its configuration. */
export function hasPodNetwork(): string[] {
  return script('ls /etc/cni/net.d | grep -Eq "[.](conf|conflist|json)$"');
}

/**
 * Leads the API's Service address to the API before kube-proxy does. A pod that is back before kube-proxy would send its first
 * packet nowhere, and its connection would keep that way until it times out after half a minute. The rule stays beside
 * kube-proxy's, which come first once they are there, and is gone with the next stop. Best effort.
 */
export function openApiEarly(): string[] {
  return [
    'bash',
    '-c',
    [
      'conf=/kind/kubeadm.conf',
      'endpoint=$(sed -n \'s/^ *controlPlaneEndpoint: *"\\{0,1\\}\\([^":]*\\):6443.*/\\1/p\' $conf | head -n 1)',
      "subnet=$(sed -n 's/^ *serviceSubnet: *\"\\{0,1\\}\\([0-9a-f.:]*\\)\\/.*/\\1/p' $conf | head -n 1)",
      'case $subnet in',
      // kubeadm serves the API at the first address of the range.
      '  *::) iptables=ip6tables family=ahostsv6 bits=128 open=[ close=] service="${subnet}1" ;;',
      '  *.*) iptables=iptables family=ahostsv4 bits=32 open= close= service="${subnet%.*}.$((${subnet##*.} + 1))" ;;',
      '  *) exit 0 ;;',
      'esac',
      'api=$(getent $family "$endpoint" | awk \'{print $1; exit}\')',
      '[ -n "$api" ] || exit 0',
      'for chain in PREROUTING OUTPUT; do',
      '  $iptables -w -t nat -A $chain -d "$service/$bits" -p tcp --dport 443 -j DNAT --to-destination "$open$api$close:6443"',
      'done',
      // An entrance knows no way back to pods.
      '$iptables -w -t nat -A POSTROUTING -d "$api/$bits" -p tcp --dport 6443 -m conntrack --ctstate DNAT -j MASQUERADE',
    ].join('\n'),
  ];
}

/**
 * Unpacks images that the node image carries packed, so that this is done while the node would be waiting.
 * Best effort: the kubelet unpacks what is missing.
 */
export function unpackImages(names: readonly string[]): string[] {
  return [
    'bash',
    '-c',
    [
      'snapshotter=$(sed -n \'s/^ *snapshotter = "\\(.*\\)"/\\1/p\' /etc/containerd/config.toml | head -n 1)',
      'snapshotter=$([ -n "$snapshotter" ] && echo "$snapshotter" || echo overlayfs)',
      'images=$(ctr -n k8s.io images ls)',
      'for name in "$@"; do',
      '  digest=$(awk -v n="$name" \'index($1, n) && $1 !~ /^sha256:/ {print $3; exit}\' <<<"$images")',
      '  [ -n "$digest" ] || continue',
      '  ctr -n k8s.io snapshots --snapshotter "$snapshotter" unpack "$digest" >/dev/null && echo "unpacked $name"',
      'done; true',
    ].join('\n'),
    'unpack',
    ...names,
  ];
}
