// Why a pod does not run, from what Kubernetes says of it: the reason in words, the evidence, the next step. Pure.
import type { V1ContainerState, V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import type { Why } from '../../../shared/model/objects';
import { type Blanks, fillBlanks } from '../../../shared/model/sentence';

export const whyWords = {
  'no-node': 'No node takes it.',
  'no-node-next': 'Add a node or make room on one, or let it ask for less.',
  image: 'The node cannot fetch the image {{image}} for {{container}}.',
  'image-next': 'If the image is on this computer, load it into the nodes: boathouse images load NAME {{image}}',
  memory: '{{container}} was killed because it used more memory than it may.',
  'memory-next': 'Raise its memory limit, or find what takes so much.',
  crash: '{{container}} ends again and again: code {{code}}, {{count}} restarts.',
  'crash-next': 'See what it said last: kubectl logs {{pod}} -n {{namespace}} -c {{container}} --previous',
  ended: '{{container}} ends well, again and again, though it is meant to go on ({{count}} restarts).',
  'ended-next': 'Give it a program that goes on, or make it a Job.',
  command: 'The program of {{container}} cannot be started (code {{code}}).',
  'command-next': 'Look at its command and whether the image has it.',
  config: '{{container}} needs something that is not there.',
  'config-next': 'Make the ConfigMap, Secret or key that is named, or mend its name.',
  unready: '{{container}} runs, but does not say that it is ready.',
  'unready-next':
    'See what its readiness probe asks and what it says: kubectl logs {{pod}} -n {{namespace}} -c {{container}}',
  evicted: 'The node has put it out.',
  'evicted-next': 'Make room on the node, or let it ask for what it needs.',
} as const;

type Reason = Exclude<keyof typeof whyWords, `${string}-next`>;

function because(code: Reason, params: Blanks, evidence: string | undefined): Why {
  const say = (key: keyof typeof whyWords) => ({ code: key, params, text: fillBlanks(whyWords[key], params) });
  return { said: say(code), next: say(`${code}-next`), ...(evidence && { evidence }) };
}

/** Nothing for a pod that runs, is on its way or has done its work. */
export function whyNot({ metadata, spec, status }: V1Pod): Why[] {
  if (status?.reason === 'Evicted') return [because('evicted', {}, status.message)];
  const scheduled = status?.conditions?.find(({ type }) => type === 'PodScheduled');
  if (scheduled?.reason === 'Unschedulable') return [because('no-node', {}, scheduled.message)];
  const about = { pod: metadata?.name ?? '', namespace: metadata?.namespace ?? '' };
  const containers = [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])];
  const probed = new Set(spec?.containers.flatMap(({ name, readinessProbe }) => (readinessProbe ? [name] : [])));
  return containers.flatMap((container) => {
    const found = ofContainer(container, about) ?? unready(container, about, probed);
    return found ? [found] : [];
  });
}

type About = { pod: string; namespace: string };

function ofContainer(status: V1ContainerStatus, about: About): Why | undefined {
  const { name: container, image, restartCount: count, state, lastState } = status;
  const { reason = '', message } = state?.waiting ?? {};
  const params = { ...about, container, image };
  if (/ImagePull|ErrImage|InvalidImageName/.test(reason)) return because('image', params, message ?? reason);
  if (reason === 'CreateContainerConfigError') return because('config', params, message);
  if (/^(RunContainerError|CreateContainerError)$/.test(reason)) {
    return because('command', { ...params, code: reason }, message);
  }
  const ended = lastEnd(state, lastState);
  if (!ended || (reason !== 'CrashLoopBackOff' && ended.reason !== 'OOMKilled' && ended.exitCode === 0))
    return undefined;
  if (reason !== 'CrashLoopBackOff' && !state?.terminated) return undefined;
  const { exitCode: code } = ended;
  const evidence = [ended.reason, ended.message ?? message].filter(Boolean).join(': ');
  if (ended.reason === 'OOMKilled') return because('memory', params, evidence);
  if (code === 126 || code === 127) return because('command', { ...params, code }, evidence);
  return because(code === 0 ? 'ended' : 'crash', { ...params, code, count }, evidence);
}

function lastEnd(state: V1ContainerState | undefined, before: V1ContainerState | undefined) {
  return state?.terminated ?? before?.terminated;
}

/** A container without a probe is ready as soon as it runs. */
function unready(
  { name: container, ready, state }: V1ContainerStatus,
  about: About,
  probed: ReadonlySet<string>,
): Why | undefined {
  if (ready || !state?.running || !probed.has(container)) return undefined;
  return because('unready', { ...about, container }, undefined);
}
