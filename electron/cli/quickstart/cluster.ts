// Quickstart's second part: the cluster, with whatever node image can be had.
import type { Client } from '../../../shared/contract';
import { AppError } from '../../../shared/model/errors';
import type { Operation } from '../../../shared/model/operation';
import { failureOf, runOperation } from '../commands/outcome';
import { brief } from '../output/brief';
import type { Session } from '../session';
import { decideCluster, decideImage, failedPull, type ImageDecision } from './decisions';
import { testbedScript } from './engine';
import type { Narrator } from './narrator';
import { runScript } from './script';

export const clusterName = 'quickstart';
const template = { id: 'quickstart' };

export interface Workshop {
  session: Session;
  client: Client;
  narrator: Narrator;
  /** Names of the images that the engine has. */
  localImages(): Promise<string[]>;
}

/**
 * Sees to it that the cluster runs.
 * @returns the operation that did it; undefined when nothing had to be done
 * @throws AppError `busy` while someone else works on it
 */
export async function ensureCluster(workshop: Workshop): Promise<Operation | undefined> {
  const { session, client, narrator } = workshop;
  const cluster = (await client.clusters.list()).find((candidate) => candidate.name === clusterName);
  switch (decideCluster(cluster)) {
    case 'use':
      narrator.tell(`Cluster "${clusterName}" is there and running.`);
      return undefined;
    case 'wait':
      throw new AppError('busy', `Cluster "${clusterName}" is being worked on right now (${cluster?.state})`, {
        hints: [{ text: 'Run quickstart again when that has ended' }],
      });
    case 'start':
      narrator.tell(`Cluster "${clusterName}" is there, ${cluster?.state}; starting it.`);
      return runOperation(session, () => client.clusters.start({ name: clusterName }));
    case 'clean-up': {
      narrator.tell(`Removing what an interrupted run left of cluster "${clusterName}".`);
      const operation = await runOperation(session, () => client.clusters.cleanup({ name: clusterName }));
      return failureOf(operation) ? operation : createWithImage(workshop, false);
    }
    default:
      return createWithImage(workshop, false);
  }
}

async function createWithImage(workshop: Workshop, pullFailed: boolean): Promise<Operation> {
  const { session, client, narrator } = workshop;
  const script = await testbedScript(session);
  const request = { name: clusterName, template };
  const decide = async (failed: boolean) => {
    const [{ image }, { template: found }, local] = await Promise.all([
      client.clusters.plan(request),
      client.templates.get(template),
      workshop.localImages(),
    ]);
    const facts = { catalogueImage: image, sampleImage: found.spec.sample?.image, local };
    return decideImage({ ...facts, testbed: script !== undefined, pullFailed: failed });
  };
  let decision = await decide(pullFailed);
  if (decision.do === 'build' && script) {
    await buildImages(workshop, script);
    decision = await decide(true);
  }
  if (decision.do !== 'use' && decision.do !== 'pull') throw noImage();
  narrator.tell(imageWords(decision));
  const operation = await runOperation(session, () =>
    client.clusters.create({
      ...request,
      ...(decision.do === 'use' && { image: decision.image }),
      ...(decision.sampleImage !== undefined && { sampleImage: decision.sampleImage }),
    }),
  );
  const missing = pullFailed ? undefined : failedPull(operation);
  if (missing === undefined || script === undefined) return operation;
  narrator.tell(`No registry gives out the ${missing === 'node-image' ? 'node image' : "sample's image"}.`);
  if (missing === 'sample-image') await buildImages(workshop, script);
  return createWithImage(workshop, true);
}

async function buildImages({ session, narrator }: Workshop, script: string): Promise<void> {
  narrator.tell("Building one from Debian's packages instead: about 7 minutes, once.");
  await narrator.during('Building a node image', (note) => runScript(script, ['node'], note, session.interrupt));
}

function imageWords(decision: Extract<ImageDecision, { do: 'use' | 'pull' }>): string {
  const what = decision.do === 'use' ? `${decision.image} (${decision.why})` : `${decision.image}, pulled now`;
  return brief(`Node image: ${what}`);
}

function noImage(): AppError {
  return new AppError('image-pull-failed', 'There is no node image here, and no registry gives one out', {
    hints: [
      { text: 'Check the network and the proxy of the Docker Engine, then run quickstart again' },
      { text: 'Or load an image by hand: docker load -i kindest-node.tar' },
    ],
  });
}
