// For tests: a core in a process of its own, which can be killed without warning. Talks to its parent over the IPC channel.
import type { LoopRequest } from '../../../shared/model/devloop/loop';
import { createCore } from '../app';
import { testOptions } from './core';

export interface ChildOrder {
  directory: string;
  engine: string;
  kubeconfig?: string;
  /** A cluster that is created, or a dev loop that is started. */
  work: { create: { name: string; image: string } } | { loop: LoopRequest };
}

/** The kinds of what has begun: steps of the create, stages of the loop's changes. */
export type ChildReport = string[];

const report = (kinds: string[]) => process.send?.(kinds satisfies ChildReport);

process.once('message', async ({ directory, engine, kubeconfig, work }: ChildOrder) => {
  const { client } = await createCore(testOptions(directory, engine, { kubeconfig, log: () => {} }));
  if ('create' in work) {
    const { name, image } = work.create;
    const { operationId } = await client.clusters.create({ name, template: { id: 'single' }, image });
    for await (const message of await client.operations.watch()) {
      const operations = message.type === 'snapshot' ? message.items : message.upserts;
      const steps = operations.find(({ id }) => id === operationId)?.steps ?? [];
      report(steps.filter(({ state }) => state !== 'waiting').map(({ kind }) => kind));
    }
  } else {
    const { id } = await client.loops.start(work.loop);
    for await (const message of await client.loops.watch()) {
      const loops = message.type === 'snapshot' ? message.items : message.upserts;
      const loop = loops.find((one) => one.id === id);
      report(loop?.changes.flatMap(({ stages }) => stages.map(({ kind }) => kind)) ?? []);
    }
  }
});
