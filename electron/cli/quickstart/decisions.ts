// What quickstart does next, decided from what it found: pure, so that every case can be tested.
import type { Cluster } from '../../../shared/model/cluster';
import type { EngineState } from '../../../shared/model/engine';
import type { ErrorData, Hint } from '../../../shared/model/errors';
import type { Operation } from '../../../shared/model/operation';

export interface EngineFacts {
  engine: Exclude<EngineState, { state: 'connecting' }>;
  debianLike: boolean;
  root: boolean;
  /** Whether consent was given, can be asked for, or neither. */
  consent: 'given' | 'askable' | 'none';
}

export type EngineDecision = { do: 'use' } | { do: 'ask' } | { do: 'install' } | { do: 'explain'; error: ErrorData };

/** An engine is installed only where none was configured: what someone chose and what is broken is not worked around. */
export function decideEngine({ engine, debianLike, root, consent }: EngineFacts): EngineDecision {
  if (engine.state === 'connected') return { do: 'use' };
  const chosen = engine.endpoint !== undefined && engine.endpoint.source !== 'socket';
  const installable = engine.error.code === 'engine-unreachable' && !chosen && debianLike && root;
  if (installable && consent === 'given') return { do: 'install' };
  if (installable && consent === 'askable') return { do: 'ask' };
  return { do: 'explain', error: { ...engine.error, hints: [...engine.error.hints, ...engineHints()] } };

  function engineHints(): Hint[] {
    if (installable) return [{ text: "Let Debian's be installed: boathouse quickstart --yes" }];
    if (chosen || engine.state !== 'unreachable' || engine.error.code !== 'engine-unreachable') return [];
    if (debianLike) return [{ text: "As root, quickstart can install Debian's Docker Engine" }];
    return [{ text: 'Install Docker, then run quickstart again', url: 'https://docs.docker.com/engine/install/' }];
  }
}

/** Names by which the engine's images are known: `kindest/node:v1.34.0` and `kindest/node@sha256:...`. */
export interface ImageFacts {
  /** The node image that the template means. */
  catalogueImage: string;
  /** The image of the template's sample, if it has one. */
  sampleImage: string | undefined;
  local: readonly string[];
  /** Whether the checkout has the scripts that build a node image from Debian's packages, and they can run here. */
  testbed: boolean;
  /** Whether pulling the catalogue's has been tried in vain. */
  pullFailed: boolean;
}

export type ImageDecision =
  | { do: 'use'; image: string; sampleImage?: string; why: string }
  | { do: 'pull'; image: string; sampleImage?: string }
  | { do: 'build' }
  | { do: 'give-up' };

const builtSample = 'testbed/busybox:1';

/** An image that is here, best first; else the catalogue's by pull; else, when no registry answers, one that is built. */
export function decideImage(facts: ImageFacts): ImageDecision {
  const local = new Set(facts.local.map(plainName));
  const sampleHere = facts.sampleImage === undefined || local.has(plainName(facts.sampleImage));
  const sample = !sampleHere && local.has(builtSample) ? { sampleImage: builtSample } : {};
  if (local.has(lookupName(facts.catalogueImage))) {
    return { do: 'use', image: facts.catalogueImage, ...sample, why: "the catalogue's, already here" };
  }
  const kind = newest(local, 'kindest/node');
  if (kind) return { do: 'use', image: kind, ...sample, why: 'already here' };
  const built = newest(local, 'testbed/node');
  if (built) return { do: 'use', image: built, ...sample, why: "already here, built from Debian's packages" };
  if (!facts.pullFailed) return { do: 'pull', image: facts.catalogueImage, ...sample };
  return { do: facts.testbed ? 'build' : 'give-up' };
}

/** `docker.io/library/busybox:1` and `busybox:1` are one. */
function plainName(reference: string): string {
  return reference.replace(/^(?:index\.)?docker\.io\//, '').replace(/^library\//, '');
}

/** A digest decides; a tag beside it is for people. */
function lookupName(reference: string): string {
  const [name = '', digest] = plainName(reference).split('@');
  return digest ? `${name.replace(/:[^/:]+$/, '')}@${digest}` : name;
}

function newest(local: ReadonlySet<string>, repository: string): string | undefined {
  const tags = [...local].filter((name) => name.startsWith(`${repository}:v`));
  return tags.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))[0];
}

/** Whether a create ended because no registry gave it the node image, or the sample's. */
export function failedPull(operation: Operation): 'node-image' | 'sample-image' | undefined {
  if (operation.state !== 'failed' || operation.error?.code !== 'image-pull-failed') return undefined;
  const failed = operation.steps.find((step) => step.state === 'failed');
  return failed?.kind === 'sample-image' ? 'sample-image' : 'node-image';
}

export type ClusterDecision = 'create' | 'use' | 'start' | 'clean-up' | 'wait';

/** What to do about a cluster of our name; undefined: there is none. */
export function decideCluster(cluster: Cluster | undefined): ClusterDecision {
  switch (cluster?.state) {
    case undefined:
      return 'create';
    case 'running':
      return 'use';
    case 'incomplete':
      return 'clean-up';
    case 'creating':
    case 'deleting':
      return 'wait';
    default:
      return 'start';
  }
}
