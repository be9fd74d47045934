// For tests: a core in a process of its own, which can be killed without warning. Talks to its parent over the IPC channel.
import { createCore } from '../app';
import { testOptions } from './core';

export interface ChildOrder {
  directory: string;
  engine: string;
  cluster: string;
  image: string;
}

/** The kinds of steps of the create that have begun. */
export type ChildReport = string[];

process.once('message', async ({ directory, engine, cluster, image }: ChildOrder) => {
  const core = await createCore(testOptions(directory, engine, { log: () => {} }));
  const { operationId } = await core.client.clusters.create({ name: cluster, template: { id: 'single' }, image });
  for await (const message of await core.client.operations.watch()) {
    const operations = message.type === 'snapshot' ? message.items : message.upserts;
    const operation = operations.find(({ id }) => id === operationId);
    const begun = operation?.steps.filter(({ state }) => state !== 'waiting').map(({ kind }) => kind);
    if (begun) process.send?.(begun satisfies ChildReport);
  }
});
