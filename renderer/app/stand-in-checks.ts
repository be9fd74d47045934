// Findings of the doctor for the stand-in: some well, some not, in the core's codes and English.
import type { Check } from '../../shared/model/diagnostics';
import type { EngineState } from '../../shared/model/engine';

export const sampleChecks: Check[] = [
  {
    id: 'engine',
    code: 'engine-answers',
    params: { version: '28.5.1', apiVersion: '1.51', host: 'unix:///var/run/docker.sock' },
    group: 'engine',
    verdict: 'ok',
    title: 'The Docker Engine answers',
    evidence: 'Docker 28.5.1, API 1.51, at unix:///var/run/docker.sock',
    why: 'Clusters are containers of this engine.',
  },
  {
    id: 'memory',
    code: 'memory-enough',
    params: { total: '15.5' },
    group: 'computer',
    verdict: 'ok',
    title: 'Memory of the engine',
    evidence: '15.5 GB',
    why: 'A control plane takes about 0.9 GB and a worker 0.25 GB before anything runs on them.',
  },
  {
    id: 'file-watches',
    code: 'watches-short',
    params: { instances: 128, watches: 65536 },
    group: 'computer',
    verdict: 'warning',
    title: 'Few file watches (inotify)',
    evidence: '128 instances, 65536 watches; 512 and 524288 are recommended',
    why: 'With too few of them the second or third cluster fails with "too many open files".',
    advice: 'sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288',
  },
  {
    id: 'interrupted:left-behind',
    code: 'create-interrupted',
    params: { name: 'left-behind', at: '2026-03-14T09:26:53Z' },
    group: 'clusters',
    verdict: 'problem',
    title: 'The creation of left-behind was cut off',
    evidence: 'begun Mar 14, 2026, 9:26 AM by a process that is gone',
    why: 'Boathouse or the computer stopped in the middle of it; what it made is still there.',
    fix: 'Remove what is left of left-behind: its containers, volumes, network and kubeconfig entry',
    commands: ['boathouse cleanup left-behind'],
  },
  {
    id: 'kubeconfig:~/.kube/config',
    code: 'kubeconfig-usable',
    params: { file: '~/.kube/config' },
    group: 'kubeconfig',
    verdict: 'ok',
    title: 'The kubeconfig ~/.kube/config',
    evidence: 'can be read and written',
    why: 'kubectl finds clusters in it; Boathouse adds an entry for each cluster and touches nothing else.',
  },
];

/** What the doctor finds while no engine answers. */
export function checksWithout(engine: Extract<EngineState, { state: 'unreachable' }>): Check[] {
  const silent: Check = {
    id: 'engine',
    code: 'engine-silent',
    params: { reason: engine.error.message },
    group: 'engine',
    verdict: 'problem',
    title: 'No Docker Engine answers',
    evidence: engine.error.message,
    why: 'Clusters are containers of a Docker Engine: without one there is nothing to show or create.',
    advice: 'Install or start Docker.',
    error: engine.error,
  };
  return [silent, ...sampleChecks.filter(({ group }) => group === 'kubeconfig')];
}

/** A computer with trouble of every kind, for looking at the doctor's screen. */
export const sickChecks: Check[] = [
  ...sampleChecks.map((check) =>
    check.id === 'file-watches'
      ? {
          ...check,
          fix: 'Raise the limits of the kernel that the engine runs on, until its next start',
          commands: [
            "docker run --rm --privileged --entrypoint sh kindest/node:v1.36.4 -c 'echo 512 > /proc/sys/fs/inotify/max_user_instances && echo 524288 > /proc/sys/fs/inotify/max_user_watches'",
          ],
          advice:
            'For good: put fs.inotify.max_user_instances=512 and fs.inotify.max_user_watches=524288 into /etc/sysctl.d/99-inotify.conf.',
        }
      : check,
  ),
  {
    id: 'cgroup-version',
    code: 'cgroup-v1',
    group: 'engine',
    verdict: 'warning',
    title: 'The engine uses cgroup version 1',
    evidence: 'cgroup v1',
    why: 'Kubernetes 1.35 and later run on cgroup v1 only when told to, and support for it is being removed.',
    advice: 'Boot the computer with systemd.unified_cgroup_hierarchy=1.',
    muted: true,
  },
  {
    id: 'disk',
    code: 'disk-full',
    params: { free: '1.4', folder: '/var/lib/docker' },
    group: 'computer',
    verdict: 'problem',
    title: 'The disk of the engine is nearly full',
    evidence: '1.4 GB free in /var/lib/docker',
    why: 'Each node keeps a copy of the Kubernetes images, and etcd stops when it cannot write any more.',
    advice:
      'Make room, for example with "docker image prune" or "docker builder prune"; not with docker system prune, which removes stopped clusters.',
  },
  {
    id: 'subnet-clash:boathouse-shop',
    code: 'subnet-clash',
    params: { network: 'boathouse-shop', subnet: '172.30.0.0/24', device: 'tun0', route: '172.16.0.0/12' },
    group: 'network',
    verdict: 'warning',
    title: 'The network boathouse-shop clashes with tun0',
    evidence: 'boathouse-shop has 172.30.0.0/24; tun0 leads to 172.16.0.0/12',
    why: 'Packets for one of the two end at the other: the cluster cannot be reached, or what lies behind the VPN cannot.',
    advice:
      'Disconnect the VPN or the other network while you use the cluster; or, with it connected, create the cluster anew: it then takes addresses that are free.',
  },
  {
    id: 'port:21234',
    code: 'port-of-process',
    params: { name: 'workshop-07', port: 21234, process: 'nginx', pid: 4711 },
    group: 'network',
    verdict: 'problem',
    title: 'Port 21234, which workshop-07 needs, is taken by nginx',
    evidence: 'nginx listens on it (process 4711)',
    why: 'A port leads to one program at a time: what comes second does not start.',
    advice: 'End nginx. Or take another port.',
  },
  {
    id: 'context-gone:kind-demo',
    code: 'context-gone',
    params: { context: 'kind-demo', name: 'demo', server: 'https://127.0.0.1:23456' },
    group: 'kubeconfig',
    verdict: 'warning',
    title: 'The cluster of the context kind-demo is gone',
    evidence: 'there is no cluster demo on this engine, and nothing answers at https://127.0.0.1:23456',
    why: 'kubectl offers the context and then reaches nothing, or later another cluster that has taken its port.',
    fix: 'Take context, cluster and user kind-demo out of the kubeconfig; a copy of the file is kept',
    commands: [
      'kubectl config delete-context kind-demo',
      'kubectl config delete-cluster kind-demo',
      'kubectl config delete-user kind-demo',
    ],
    advice: 'Leave it if the cluster is on another engine.',
  },
];
