// Is there a Docker Engine, and is it one that nodes run well on?
import { AppError } from '../../../../shared/model/errors';
import { atLeastMinor, parseKubernetesVersion } from '../../clusters/providers/kubeadm/kubernetes-version';
import { type Checkup, type Finding, findingsOf, type Surroundings } from '../check';

const bootAdvice = 'Boot the computer with systemd.unified_cgroup_hierarchy=1.';

const words = {
  'engine-answers': {
    title: 'The Docker Engine answers',
    evidence: 'Docker {{version}}, API {{apiVersion}}, at {{host}}',
    why: 'Clusters are containers of this engine.',
  },
  'engine-silent': {
    title: 'No Docker Engine answers',
    evidence: '{{reason}}',
    why: 'Clusters are containers of a Docker Engine: without one there is nothing to show or create.',
    advice: 'Install or start Docker.',
  },
  'cgroup-v2': {
    title: 'The engine uses cgroup version 2',
    evidence: 'cgroup v2',
    why: 'Every Kubernetes version from 1.19 on runs on it.',
  },
  'cgroup-v1': {
    title: 'The engine uses cgroup version 1',
    evidence: 'cgroup v1',
    why: 'Kubernetes 1.35 and later run on cgroup v1 only when told to, and support for it is being removed.',
    advice: bootAdvice,
  },
  'cgroup-v1-retired': {
    title: 'Kubernetes {{version}} is at its end with cgroup version 1',
    evidence: 'cgroup v1',
    why: 'From 1.35 on the kubelet refuses cgroup v1. Boathouse tells it to run all the same, which a later version may not take.',
    advice: bootAdvice,
  },
  'cgroup-v2-unknown': {
    title: 'Kubernetes {{version}} does not run on cgroup version 2',
    evidence: 'cgroup v2',
    why: 'Kubernetes knows cgroup v2 from 1.19 on; an older kubelet does not start.',
    advice: 'Choose Kubernetes 1.19 or later.',
  },
  'cgroup-v1-rootless': {
    title: 'A rootless engine needs cgroup version 2',
    evidence: 'cgroup v1, rootless',
    why: 'Without version 2 a rootless engine cannot give nodes the control over memory and processors that Kubernetes needs.',
    advice: bootAdvice,
  },
  'rootless-undelegated': {
    title: 'The rootless engine may not limit memory, processes and processors',
    evidence: 'The engine reports that it cannot set these limits.',
    why: 'Kubernetes sets them for every pod: nodes do not come up without.',
    advice:
      'Give your user the controllers: Delegate=yes in /etc/systemd/system/user@.service.d/delegate.conf, then log in again.',
  },
  'forwarding-off': {
    title: "The engine's machine does not pass packets on",
    evidence: 'net.ipv4.ip_forward = 0',
    why: 'Pods reach neither each other on other nodes nor the world outside.',
    advice: 'sudo sysctl net.ipv4.ip_forward=1',
  },
};
const finding = findingsOf('engine', words);

export const engineCheckup: Checkup = {
  words,
  async examine(surroundings) {
    const { engineState, engine } = surroundings;
    if (!engine) {
      const error = engineState.state === 'unreachable' ? engineState.error : notYet.toData();
      const params = { reason: error.message };
      return [finding({ id: 'engine', code: 'engine-silent', verdict: 'problem', params, error })];
    }
    const { info, endpoint } = engine;
    const params = { version: info.version, apiVersion: info.apiVersion, host: endpoint.host };
    const answers = finding({ id: 'engine', code: 'engine-answers', verdict: 'ok', params });
    return [answers, cgroup(info), ...setUp(surroundings)];
  },
  async examineFor(surroundings, { kubernetesVersion }) {
    if (!surroundings.engine) return [];
    const { info } = surroundings.engine;
    const fits = kubernetesVersion === undefined ? [] : cgroupFor(info.cgroupVersion, kubernetesVersion);
    return [...(fits.length > 0 ? fits : [cgroup(info)]), ...setUp(surroundings)];
  },
};

const notYet = new AppError('engine-unreachable', 'There was no answer yet');

function cgroup({ cgroupVersion, rootless }: { cgroupVersion: '1' | '2'; rootless: boolean }): Finding {
  const id = 'cgroup-version';
  if (cgroupVersion === '2') return finding({ id, code: 'cgroup-v2', verdict: 'ok' });
  if (rootless) return finding({ id, code: 'cgroup-v1-rootless', verdict: 'problem' });
  return finding({ id, code: 'cgroup-v1', verdict: 'warning' });
}

/** Kubernetes: cgroup v2 from 1.19 on, and v1 from 1.35 on only with `failCgroupV1: false`. */
function cgroupFor(cgroupVersion: '1' | '2', kubernetesVersion: string): Finding[] {
  const version = parseKubernetesVersion(kubernetesVersion);
  const about = { id: 'cgroup-version', params: { version: kubernetesVersion } };
  if (cgroupVersion === '2' && !atLeastMinor(version, 19)) {
    return [finding({ ...about, code: 'cgroup-v2-unknown', verdict: 'problem' })];
  }
  if (cgroupVersion === '1' && atLeastMinor(version, 35)) {
    return [finding({ ...about, code: 'cgroup-v1-retired', verdict: 'warning' })];
  }
  return [];
}

function setUp({ engine, facts }: Surroundings): Finding[] {
  return [
    ...(engine?.info.rootless && facts && !facts.limits
      ? [finding({ id: 'rootless-limits', code: 'rootless-undelegated', verdict: 'problem' })]
      : []),
    ...(facts && !facts.forwarding ? [finding({ id: 'forwarding', code: 'forwarding-off', verdict: 'problem' })] : []),
  ];
}
