// The grammar of what is done to objects in a cluster: scale, restart, rollback; what groups of their own hold is added to them.
import type { Command } from 'commander';
import type { ActOptions, DeleteOptions } from '../commands/actions';
import { type Choose, command, type Json } from './command';

const load = () => import('../commands/actions');

/** Where the object is, and that it is meant. */
export function within(added: Command): Command {
  return added
    .option('-n, --namespace <namespace>', 'where the object is; else the namespace of the context')
    .option('--exact', "take the name for a context's own, though a cluster is called so as well")
    .option('--dry-run', 'say what would happen, and the same by kubectl')
    .option('--confirm <context>', 'the name of the context, where its cluster is not on this computer');
}

export function addActions(program: Command, choose: Choose): void {
  within(
    command(program, 'scale <name> <object> <replicas>', 'set how many pods a workload has', [
      'boathouse scale shop deployment/web 3 -n web',
    ]),
  ).action((name: string, object: string, replicas: string, options: Json & ActOptions) =>
    choose(options.json, kindOfAct(options), async (session) =>
      (await load()).scale(session, name, object, replicas, options),
    ),
  );
  within(
    command(program, 'restart <name> <object>', 'replace the pods of a workload, one after the other', [
      'boathouse restart shop deploy/web',
    ]),
  ).action((name: string, object: string, options: Json & ActOptions) =>
    choose(options.json, kindOfAct(options), async (session) =>
      (await load()).act(session, name, object, { verb: 'restart' }, options),
    ),
  );
  within(
    command(program, 'rollback <name> <object>', 'bring back an earlier revision of a workload', [
      'boathouse rollback shop deploy/web --list',
      'boathouse rollback shop deploy/web --to 3',
    ]),
  )
    .option('--to <revision>', 'which; else the one before', Number)
    .option('--list', 'list the revisions there are')
    .action((name: string, object: string, options: Json & ActOptions & { to?: number; list?: boolean }) =>
      choose(options.json, options.list ? 'document' : kindOfAct(options), async (session) =>
        options.list
          ? (await load()).listRevisions(session, name, object, options)
          : (await load()).rollBack(session, name, object, options),
      ),
    );
  const cronJobs = program.command('cronjobs').description('run, suspend and resume CronJobs');
  for (const [usage, verb, description] of [
    ['run <name> <cronjob>', 'trigger', 'make a Job of it now'],
    ['suspend <name> <cronjob>', 'suspend', 'let it make no Jobs'],
    ['resume <name> <cronjob>', 'resume', 'let it make Jobs again'],
  ] as const) {
    within(command(cronJobs, usage, description)).action((name: string, called: string, options: Json & ActOptions) =>
      choose(options.json, kindOfAct(options), async (session) =>
        (await load()).act(session, name, `cronjob/${called}`, { verb }, options),
      ),
    );
  }
}

/** Beside the cluster's nodes that are added and removed. */
export function addNodeActions(nodes: Command, choose: Choose): void {
  for (const [verb, description] of [
    ['cordon', 'let a node take no more pods'],
    ['uncordon', 'let a node take pods again'],
  ] as const) {
    within(command(nodes, `${verb} <name> <node>`, description)).action(
      (name: string, node: string, options: Json & ActOptions) =>
        choose(options.json, kindOfAct(options), async (session) =>
          (await load()).act(session, name, `node/${node}`, { verb }, options),
        ),
    );
  }
  within(
    command(nodes, 'drain <name> <node>', 'move the pods of a node away, as their disruption budgets allow', [
      'boathouse nodes drain shop shop-worker2',
    ]),
  )
    .option('--force', 'past disruption budgets and pods that nothing brings back')
    .option('-y, --yes', 'do not ask')
    .action((name: string, node: string, options: Json & DeleteOptions) =>
      choose(options.json, kindOfAct(options), async (session) => (await load()).drain(session, name, node, options)),
    );
}

/** Beside the deletion of whole clusters, with a word that an empty variable cannot be. */
export function addObjectDeletion(deletion: Command): Command {
  return within(deletion)
    .option(
      '--object <kind/name>',
      'delete this object in the cluster, and not the cluster; say it again for several',
      (word: string, before: string[] = []) => [...before, word],
    )
    .option('--orphans', 'of an object: keep what belongs to it')
    .option('--force', 'of an object: at once, without waiting for its containers to end');
}

function kindOfAct({ dryRun }: ActOptions): 'document' | 'operation' {
  return dryRun ? 'document' : 'operation';
}
