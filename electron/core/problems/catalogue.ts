// Words of kubeadm, kubelet, containerd and docker that have a known meaning: what they say about, and what helps.
import type { ErrorCode, Hint } from '../../../shared/model/errors';

export interface Problem {
  pattern: RegExp;
  code: ErrorCode;
  message: string;
  hints: Hint[];
}

export const problems: readonly Problem[] = [
  {
    pattern: /too many open files|failed to create fsnotify watcher|Failed to allocate directory watch/i,
    code: 'too-many-open-files',
    message: 'The computer has run out of file watches (inotify), which every node needs',
    hints: [
      { text: 'Raise the limits: sudo sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288' },
    ],
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    code: 'out-of-disk',
    message: 'The disk of the engine is full',
    hints: [{ text: 'Make room, for example with: docker system prune' }],
  },
  {
    pattern: /port is already allocated|address already in use|Ports are not available/i,
    code: 'port-taken',
    message: 'A port on this computer is used by another program',
    hints: [{ text: 'Stop the other program, or try again: another port is chosen each time.' }],
  },
  {
    pattern: /\bOOM\b(?! score)|out of memory|cannot allocate memory|exit (code|status) 137/i,
    code: 'out-of-memory',
    message: 'The engine ran out of memory',
    hints: [{ text: 'Give the engine more memory, stop another cluster, or take fewer nodes.' }],
  },
  {
    pattern: /kubelet is not running|:10248\/healthz|failCgroupV1|cgroup v1 is not supported/i,
    code: 'control-plane-failed',
    message: 'The kubelet does not stay up in the node',
    hints: [
      { text: 'Usually the Kubernetes version does not support the cgroup version of the engine, or memory is short.' },
    ],
  },
  {
    pattern: /error adding pid \d+ to cgroups/i,
    code: 'node-boot-failed',
    message: 'A node was not ready to run programs yet',
    hints: [{ text: 'Try again; on WSL 2, update its kernel and use cgroup v2.' }],
  },
  {
    pattern: /x509: certificate signed by unknown authority/i,
    code: 'image-pull-failed',
    message: 'A server showed a certificate that is not trusted here, as company proxies do',
    hints: [{ text: "Add the company's CA certificate to the engine." }],
  },
  {
    pattern: /toomanyrequests|pull rate limit/i,
    code: 'image-pull-failed',
    message: 'The registry allows no more pulls for now',
    hints: [{ text: 'Log in with: docker login' }, { text: 'Wait, or use an image that is already here.' }],
  },
  {
    pattern: /Pool overlaps with other one|could not find an available, non-overlapping/i,
    code: 'subnet-taken',
    message: 'No address range is free for the network of the cluster',
    hints: [{ text: 'Remove unused networks with: docker network prune' }],
  },
  {
    pattern: /privileged mode is incompatible with user namespaces/i,
    code: 'engine-unsupported',
    message: 'The engine maps users (userns-remap), which nodes cannot run under',
    hints: [{ text: 'Switch off userns-remap in the engine, or use a rootless engine.' }],
  },
  {
    pattern: /etcdserver: request timed out|etcdserver: leader changed/i,
    code: 'control-plane-failed',
    message: 'The database of the cluster (etcd) is too slow: the disk is busy',
    hints: [{ text: 'Stop what writes to the disk and try again.' }],
  },
];

/** The first problem whose words are in a text. */
export function problemIn(text: string): Problem | undefined {
  return problems.find(({ pattern }) => pattern.test(text));
}
