// Starting a minikube cluster: its own program does it, because the engine alone cannot, and we wait until it is Ready.
import { execa } from 'execa';
import type { Cluster } from '../../../../../shared/model/cluster';
import type { EngineEndpoint } from '../../../../../shared/model/engine';
import { AppError } from '../../../../../shared/model/errors';
import type { Plan, PlannedStep } from '../../../../../shared/model/operation';
import type { Engine } from '../../../engine/engine';
import type { Kube } from '../../../kube/connect';
import { waitForApi } from '../../../kube/wait';
import type { Job, StepAction, StepContext } from '../../../operations/operation';
import type { CoreOptions } from '../../../options';
import { refuseUnable } from '../../able';
import { connectAsAdmin } from '../../admin';
import { waitForFreshNode } from '../../fresh-node';
import type { VerbContext } from '../provider';
import { readMinikubeConf } from './access';
import { findMinikube } from './program';

const apiLimit = 120_000;

/** The kubeconfig's current context is the user's to choose, and nobody is there to answer questions. */
export function startArguments({ context }: Pick<Cluster, 'context'>): string[] {
  return ['start', '--profile', context, '--keep-context', '--interactive=false'];
}

function startPlan(cluster: Cluster): Plan {
  return {
    kind: 'start',
    subject: cluster.name,
    steps: [
      {
        id: 'program-run',
        kind: 'program-run',
        title: `Starting ${cluster.name} with minikube`,
        lane: 'cluster',
        weight: 40,
        after: [],
        command: `minikube ${startArguments(cluster).join(' ')}`,
      },
      {
        id: 'api-server',
        kind: 'api-server',
        title: 'Waiting until the API server answers',
        lane: 'cluster',
        weight: 2,
        after: ['program-run'],
      },
      ...cluster.nodes.map(
        ({ name }): PlannedStep => ({
          id: `node-ready:${name}`,
          kind: 'node-ready',
          title: `Waiting until ${name} is Ready`,
          lane: name,
          weight: 5,
          after: ['api-server'],
          command: `kubectl wait --for=condition=Ready node/${name}`,
        }),
      ),
    ],
  };
}

export async function startMinikube(context: VerbContext, engine: Engine, cluster: Cluster): Promise<Job> {
  const actions = new Map<string, StepAction>();
  let kube: Kube | undefined;
  actions.set('program-run', (step) => runStart(context.options, engine, cluster, step));
  actions.set('api-server', async ({ signal }) => {
    const running = (await context.read(engine, signal)).find((one) => one.name === cluster.name);
    kube = await connectAsAdmin(engine, running ?? cluster, signal, readMinikubeConf);
    await waitForApi(kube, signal, apiLimit);
  });
  for (const node of cluster.nodes) {
    actions.set(`node-ready:${node.name}`, (step) => {
      if (!kube) throw new AppError('internal', 'the API is asked before it is connected to');
      return waitForFreshNode(engine, kube, node, step);
    });
  }
  return { plan: startPlan(cluster), actions };
}

/** Throws `program-missing`, and `exec-failed` with the last lines of what it said. */
async function runStart(options: CoreOptions, engine: Engine, cluster: Cluster, { signal, log }: StepContext) {
  const program = await findMinikube(options);
  // It may have been removed since the cluster was listed.
  if (!program)
    return refuseUnable({ ...cluster, abilities: { ...cluster.abilities, start: 'needs-minikube' } }, 'start');
  const run = execa(program, startArguments(cluster), {
    env: programEnvironment(options.environment, engine.endpoint),
    extendEnv: false,
    cancelSignal: signal,
    forceKillAfterDelay: 5_000,
    stdin: 'ignore',
    all: true,
    reject: false,
  });
  const lines: string[] = [];
  for await (const line of run.iterable({ from: 'all' })) {
    lines.push(String(line));
    log(String(line));
  }
  const { exitCode } = await run;
  signal.throwIfAborted();
  if (exitCode === 0) return;
  throw new AppError('exec-failed', `minikube could not start ${cluster.name}`, {
    params: { command: `minikube ${startArguments(cluster).join(' ')}`, exitCode: exitCode ?? -1 },
    detail: lines.slice(-20).join('\n'),
  });
}

/** docker's clients take the engine from here, so that the program means the same one as we do. */
export function programEnvironment(
  environment: CoreOptions['environment'],
  endpoint: EngineEndpoint,
): Record<string, string | undefined> {
  const { DOCKER_HOST: _, DOCKER_CONTEXT: __, ...rest } = environment;
  // A context has its TLS material with it, an address has not.
  if (endpoint.context !== undefined) return { ...rest, DOCKER_CONTEXT: endpoint.context };
  return { ...rest, DOCKER_HOST: endpoint.host };
}
