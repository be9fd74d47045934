// Real words of kubeadm, kubelet, containerd and docker, and what they are explained as.
import { expect, test } from 'vitest';
import { AppError, errorCodes } from '../../../shared/model/errors';
import { problems } from './catalogue';
import { explainFailure } from './explain';

const context = { cluster: 'shop', kept: false };
const explain = (error: AppError) => explainFailure(error, context);

/** Output as programs print it, and the code that users get. */
const fixtures: [string, AppError['code'], string][] = [
  [
    'kubelet without inotify watches',
    'too-many-open-files',
    'E0102 10:11:12.131415     812 kubelet.go:1380] "Failed to start cAdvisor" err="inotify_init: too many open files"',
  ],
  [
    'systemd without inotify instances',
    'too-many-open-files',
    'Failed to create control group inotify object: Too many open files\nFailed to allocate manager object: Too many open files',
  ],
  [
    'kube-proxy without watches',
    'too-many-open-files',
    'F0102 10:11:12.131415       1 server.go:495] failed to create fsnotify watcher: too many open files',
  ],
  [
    'containerd on a full disk',
    'out-of-disk',
    'ctr: failed to extract layer sha256:8d3ac3489996: write /var/lib/containerd/tmpmounts/containerd-mount12/usr/bin/kubelet: no space left on device: unknown',
  ],
  [
    'docker with a port that is taken',
    'port-taken',
    'driver failed programming external connectivity on endpoint shop-control-plane (5c1d): Bind for 127.0.0.1:41234 failed: port is already allocated',
  ],
  [
    'docker with a port of another program',
    'port-taken',
    'Error starting userland proxy: listen tcp4 127.0.0.1:41234: bind: address already in use',
  ],
  ['a killed program', 'out-of-memory', 'command terminated with exit code 137'],
  [
    'the kernel without memory',
    'out-of-memory',
    'runc run failed: unable to start container process: error during container init: fork/exec: cannot allocate memory',
  ],
  [
    'kubeadm without a kubelet',
    'control-plane-failed',
    [
      "[kubelet-check] It seems like the kubelet isn't running or healthy.",
      '[kubelet-check] The HTTP call equal to \'curl -sSL http://localhost:10248/healthz\' failed with error: Get "http://localhost:10248/healthz": dial tcp [::1]:10248: connect: connection refused.',
      'This error is likely caused by:',
      '\t- The kubelet is not running',
    ].join('\n'),
  ],
  [
    'a kubelet that wants cgroup v2',
    'control-plane-failed',
    'E0102 10:11:12.131415 812 run.go:72] "command failed" err="failed to validate kubelet configuration, error: kubelet is configured to not run on a host using cgroup v1. cgroup v1 support is unsupported; set failCgroupV1"',
  ],
  [
    'a program in a node that is not up',
    'node-boot-failed',
    'OCI runtime exec failed: exec failed: unable to start container process: error adding pid 6543 to cgroups: failed to write 6543: write /sys/fs/cgroup/cgroup.procs: invalid argument: unknown',
  ],
  [
    'a company’s proxy',
    'image-pull-failed',
    'failed to do request: Head "https://registry-1.docker.io/v2/kindest/node/manifests/v1.36.1": tls: failed to verify certificate: x509: certificate signed by unknown authority',
  ],
  [
    'a registry’s limit',
    'image-pull-failed',
    'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading',
  ],
  ['networks that overlap', 'subnet-taken', 'Pool overlaps with other one on this address space'],
  [
    'no network left',
    'subnet-taken',
    'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
  ],
  [
    'an engine that maps users',
    'engine-unsupported',
    'privileged mode is incompatible with user namespaces.  You must run the container in the host namespace when running privileged mode',
  ],
  ['an etcd on a slow disk', 'control-plane-failed', 'error applying: etcdserver: request timed out'],
];

test.each(fixtures)('%s', (_name, code, output) => {
  const error = explain(
    new AppError('exec-failed', 'bash failed with exit code 1', { detail: `$ bash -c x\n${output}` }),
  );
  expect(error.code).toBe(code);
  expect(error.message).not.toContain('exit code 1');
  expect(error.detail).toContain(output);
  expect(error.detail).toContain('bash failed with exit code 1');
  expect(error.hints.length).toBeGreaterThan(0);
});

test('every entry of the catalogue is met by a fixture, and is found first for it', () => {
  const met = new Set(fixtures.map(([, , output]) => problems.find(({ pattern }) => pattern.test(output))));
  expect(problems.filter((problem) => !met.has(problem))).toEqual([]);
});

test('an error that says why already keeps its code, its words, its hints and its parameters', () => {
  const precise = new AppError('port-taken', 'Port 41234 is already taken', {
    params: { port: 41234 },
    detail: 'Bind for 127.0.0.1:41234 failed: port is already allocated',
    hints: [{ text: 'Stop what uses port 41234.' }],
  });
  const error = explain(precise);
  expect(error).toMatchObject({ code: 'port-taken', message: 'Port 41234 is already taken', params: { port: 41234 } });
  expect(error.hints).toContainEqual({ text: 'Stop what uses port 41234.' });
});

test('unknown words stay as they are, with their evidence', () => {
  const error = explain(new AppError('exec-failed', 'kubeadm failed with exit code 1', { detail: 'unheard of' }));
  expect(error).toMatchObject({
    code: 'exec-failed',
    message: 'kubeadm failed with exit code 1',
    detail: 'unheard of',
    hints: [],
  });
});

test('ordinary output is no problem', () => {
  const output = [
    '[etcd] Creating static Pod manifest for local etcd in "/etc/kubernetes/manifests"',
    'Get "https://shop-control-plane:6443/livez?timeout=10s": dial tcp 172.18.0.2:6443: connect: connection refused',
    'unpacked k8s.gcr.io/pause:3.4.1',
    'MOOMIN exit code 0, room left',
    'failed to apply oom score -999 to PID 1214: write /proc/1214/oom_score_adj: permission denied',
  ].join('\n');
  expect(explain(new AppError('not-ready', 'Still waiting', { detail: output })).code).toBe('not-ready');
});

test('nodes that were kept: where to look, and how to remove them', () => {
  const error = explainFailure(new AppError('not-ready', 'Still waiting'), { cluster: 'shop', kept: true });
  expect(error.hints.map(({ text }) => text)).toEqual([
    'The nodes were kept. Look inside with: docker exec -it shop-control-plane bash',
    'Remove them with: boathouse cleanup shop',
  ]);
  expect(error.hints[1]?.action).toEqual({ call: 'clusters.cleanup', input: { name: 'shop' } });
});

test('the explained error remembers the one it explains', () => {
  const first = new AppError('exec-failed', 'x', { detail: 'no space left on device' });
  expect(explain(first).cause).toBe(first);
});

test('the catalogue offers a next step for each problem, under a known code', () => {
  for (const { code, hints, message } of problems) {
    expect(errorCodes).toContain(code);
    expect(hints.length).toBeGreaterThan(0);
    expect(message).not.toMatch(/\.$/);
  }
});
