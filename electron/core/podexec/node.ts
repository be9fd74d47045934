// A command on a node: in its container where this computer's engine has it, else in a privileged pod that is made there for it.
import { randomBytes } from 'node:crypto';
import type { V1Pod } from '@kubernetes/client-node';
import { AppError } from '../../../shared/model/errors';
import type { TerminalSize } from '../../../shared/model/podexec';
import type { Engine } from '../engine/engine';
import { openExec } from '../engine/open-exec';
import type { RunningCommand } from '../kube/command';
import type { Kube } from '../kube/connect';
import { asRefused } from '../kube/explain';
import type { ContainerPlace } from '../kube/open-command';
import { untilStarted } from './started';

/** The container that is a node of a context's cluster; undefined where the engine has no such cluster or node. */
export type FindNode = (
  context: string,
  node: string,
  signal: AbortSignal,
) => Promise<{ engine: Engine; container: string } | undefined>;

/** In the node's own container, with all rights there. Throws `exec-failed` (the node does not run). */
export async function openOnNode(
  { engine, container }: { engine: Engine; container: string },
  command: readonly string[],
  terminal: TerminalSize | undefined,
): Promise<RunningCommand> {
  const opened = await openExec(engine, container, command, terminal);
  return {
    ...opened,
    endsInput: true,
    async *output() {
      const output = opened.output();
      for (;;) {
        const { done, value } = await output.next();
        if (done) return { code: value };
        yield { stream: value.stream === 'stdout' ? 'out' : 'err', bytes: value.bytes };
      }
    },
  };
}

/** Where pods for debugging nodes are made: every cluster has it. */
const namespace = 'default';
/** The node's own files in the pod. */
const root = '/host';
/** Seconds after which the pod ends though nobody has taken it away: a computer that was switched off. */
const longest = 12 * 60 * 60;

/** A command as it runs on the node and not in the pod. */
export function onHost(command: readonly string[]): string[] {
  return ['chroot', root, ...command];
}

/**
 * A pod on the node that sees its processes, network and files (`kubectl debug node/NAME --profile=sysadmin`), and resolves when it
 * runs. Throws `image-pull-failed`, `not-found` (no such node), `kubernetes-refused`.
 */
export async function makeNodePod(
  kube: Kube,
  node: string,
  image: string,
  signal: AbortSignal,
): Promise<{ place: ContainerPlace; remove(): Promise<void> }> {
  const there = { method: 'GET', path: `/api/v1/nodes/${encodeURIComponent(node)}` } as const;
  await kube.call(there, signal).catch((error: unknown) => {
    throw asRefused(error, `node ${node}`);
  });
  const name = `node-shell-${randomBytes(4).toString('hex')}`;
  const path = `/api/v1/namespaces/${namespace}/pods`;
  const remove = async () => {
    const object = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 };
    await kube.call({ method: 'DELETE', path: `${path}/${name}`, object }, AbortSignal.timeout(10_000)).catch(() => {});
  };
  try {
    await kube.send('POST', path, nodePod(name, node, image), signal);
    const place = { namespace, pod: name, container: 'shell' };
    await untilStarted(kube, place, image, (pod) => pod.status?.containerStatuses?.[0]?.state, signal);
    return { place, remove };
  } catch (error) {
    await remove();
    throw asRefused(error, `a pod on ${node}`);
  }
}

function nodePod(name: string, node: string, image: string): V1Pod {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels: { 'app.kubernetes.io/managed-by': 'boathouse' } },
    spec: {
      nodeName: node,
      hostNetwork: true,
      hostPID: true,
      hostIPC: true,
      restartPolicy: 'Never',
      activeDeadlineSeconds: longest,
      terminationGracePeriodSeconds: 1,
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      // A node that takes no pods, or is ill, is what one wants to look at.
      tolerations: [{ operator: 'Exists' }],
      containers: [
        {
          name: 'shell',
          image,
          imagePullPolicy: 'IfNotPresent',
          command: ['sh', '-c', `trap 'exit 0' TERM; sleep ${longest} & wait`],
          securityContext: { privileged: true },
          volumeMounts: [{ name: 'host', mountPath: root }],
        },
      ],
      volumes: [{ name: 'host', hostPath: { path: '/' } }],
    },
  };
}

/** What a node that is elsewhere needs: to be told which image, as a pod is made in somebody's cluster. */
export function nodeElsewhere(node: string): AppError {
  return new AppError(
    'not-possible',
    `${node} is no container of this computer's engine: a shell on it needs a privileged pod there`,
    {
      params: { node, why: 'node-elsewhere' },
      hints: [{ text: 'Say of which image the pod is to be made: --debug busybox. It is taken away at the end.' }],
    },
  );
}
