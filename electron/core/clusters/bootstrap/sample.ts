// The workload that a new cluster can start with: its image onto the nodes, its objects, and the wait until it runs.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubernetesObject } from '@kubernetes/client-node';
import { imageExists, pullImage } from '../../engine/pull';
import { loadImage } from '../../images/load';
import { createObjects } from '../../kube/create';
import { waitForObjects } from '../../kube/wait';
import type { StepAction } from '../../operations/operation';
import { type Building, found } from './building';
import { objectsOf } from './objects';

const readyLimit = 300_000;

interface Deployment extends KubernetesObject {
  spec?: { replicas?: number };
  status?: { availableReplicas?: number };
}

/** A cluster that is being built, as far as its sample is concerned. */
interface Sampled extends Pick<Building, 'engine' | 'kube'> {
  readonly request: { readonly nodes: readonly { readonly name: string; readonly role: string }[] };
}

/** The actions of the steps `sample-image`, `sample-deploy` and `sample-ready`. */
export function sampleActions(
  building: Sampled,
  sample: { manifest: string; image: string },
  resources: string,
): ReadonlyMap<string, StepAction> {
  const { engine, request } = building;
  return new Map<string, StepAction>([
    [
      'sample-image',
      async ({ signal, progress }) => {
        if (!(await imageExists(engine, sample.image, signal))) {
          await pullImage(engine, sample.image, {
            signal,
            onProgress: ({ fraction, note }) => progress(fraction, note),
          });
        }
        const workers = request.nodes.filter((node) => node.role === 'worker' || request.nodes.length === 1);
        const names = workers.map((node) => node.name);
        await loadImage(engine, sample.image, names, signal);
      },
    ],
    [
      'sample-deploy',
      async ({ signal }) => {
        const text = await readFile(join(resources, 'samples', sample.manifest), 'utf8');
        const objects = objectsOf(text.replaceAll('{{ image }}', sample.image));
        await createObjects(found(building.kube, 'the API'), objects, signal);
      },
    ],
    [
      'sample-ready',
      async ({ signal, progress }) => {
        const text = await readFile(join(resources, 'samples', sample.manifest), 'utf8');
        const namespaces = new Set(objectsOf(text).map((object) => object.metadata?.namespace ?? 'default'));
        await Promise.all(
          [...namespaces].map((namespace) =>
            waitForObjects<Deployment>(
              found(building.kube, 'the API'),
              `/apis/apps/v1/namespaces/${namespace}/deployments`,
              (deployments) => [...deployments.values()].filter(isWaiting).map(({ metadata }) => metadata?.name ?? ''),
              {
                signal,
                limit: readyLimit,
                onWaiting: (names) => progress(undefined, `waiting for ${names.join(', ')}`),
              },
            ),
          ),
        );
      },
    ],
  ]);
}

function isWaiting(deployment: Deployment): boolean {
  return (deployment.status?.availableReplicas ?? 0) < (deployment.spec?.replicas ?? 1);
}
