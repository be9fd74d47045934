// Every case of what quickstart may find, and what it then does.
import { describe, expect, it } from 'vitest';
import type { EngineState } from '../../../shared/model/engine';
import type { ErrorCode } from '../../../shared/model/errors';
import type { Operation, StepKind } from '../../../shared/model/operation';
import { connectedEngine, sampleCluster } from '../../host/stand-in-core/samples';
import { decideCluster, decideEngine, decideImage, failedPull, type ImageFacts } from './decisions';

function unreachable(code: ErrorCode = 'engine-unreachable', source: 'socket' | 'DOCKER_HOST' = 'socket') {
  return {
    state: 'unreachable',
    endpoint: { host: 'unix:///var/run/docker.sock', source },
    error: { code, message: 'No Docker Engine answers', hints: [{ text: 'its own hint' }] },
  } satisfies EngineState;
}

describe('the engine', () => {
  const debianRoot = { debianLike: true, root: true } as const;
  const connected = connectedEngine as Exclude<EngineState, { state: 'connecting' }>;

  it('is used where one answers, whatever else is so', () => {
    const facts = { engine: connected, debianLike: true, root: true } as const;
    for (const consent of ['given', 'askable', 'none'] as const) {
      expect(decideEngine({ ...facts, consent })).toEqual({ do: 'use' });
    }
  });

  it('is installed on Debian as root, with consent only', () => {
    const engine = unreachable();
    expect(decideEngine({ engine, ...debianRoot, consent: 'given' })).toEqual({ do: 'install' });
    expect(decideEngine({ engine, ...debianRoot, consent: 'askable' })).toEqual({ do: 'ask' });
    expect(decideEngine({ engine, ...debianRoot, consent: 'none' })).toMatchObject({
      do: 'explain',
      error: { hints: [{ text: 'its own hint' }, { text: expect.stringContaining('--yes') }] },
    });
  });

  it.each([
    ['not root', { engine: unreachable(), debianLike: true, root: false }, 'As root'],
    ['another system', { engine: unreachable(), debianLike: false, root: true }, 'Install Docker'],
  ] as const)('is never installed: %s', (_why, facts, hint) => {
    expect(decideEngine({ ...facts, consent: 'given' })).toMatchObject({
      do: 'explain',
      error: { hints: [{}, { text: expect.stringContaining(hint) }] },
    });
  });

  it('is not worked around where one was chosen, or is too old', () => {
    const chosen = unreachable('engine-unreachable', 'DOCKER_HOST');
    const old = unreachable('engine-unsupported');
    for (const engine of [chosen, old]) {
      const decision = decideEngine({ engine, ...debianRoot, consent: 'given' });
      expect(decision).toMatchObject({ do: 'explain', error: { hints: [{ text: 'its own hint' }] } });
    }
  });
});

describe('the node image', () => {
  const catalogueImage = `kindest/node:v1.36.1@sha256:${'a'.repeat(64)}`;
  const facts: ImageFacts = {
    catalogueImage,
    sampleImage: 'docker.io/library/busybox:1.36',
    local: [],
    testbed: true,
    pullFailed: false,
  };
  const digest = `kindest/node@sha256:${'a'.repeat(64)}`;

  it("is the catalogue's where that is here by digest, with or without docker.io before it", () => {
    const local = ['testbed/node:v1.20.2', 'kindest/node:v1.30.0', digest, 'busybox:1.36'];
    expect(decideImage({ ...facts, local })).toMatchObject({ do: 'use', image: catalogueImage });
    expect(decideImage({ ...facts, local: [`docker.io/${digest}`] })).toMatchObject({ image: catalogueImage });
    expect(decideImage({ ...facts, local: ['kindest/node:v1.36.1'] })).toMatchObject({ image: 'kindest/node:v1.36.1' });
  });

  it("is else the newest of kind's that is here, else the testbed's", () => {
    const local = ['kindest/node:v1.9.9', 'kindest/node:v1.30.0', 'testbed/node:v1.20.2', 'other/node:v1.99.0'];
    expect(decideImage({ ...facts, local })).toMatchObject({ do: 'use', image: 'kindest/node:v1.30.0' });
    expect(decideImage({ ...facts, local: ['testbed/node:v1.20.2'] })).toMatchObject({ image: 'testbed/node:v1.20.2' });
  });

  it('is else pulled; when that fails, built where it can be', () => {
    expect(decideImage(facts)).toEqual({ do: 'pull', image: catalogueImage });
    expect(decideImage({ ...facts, pullFailed: true })).toEqual({ do: 'build' });
    expect(decideImage({ ...facts, pullFailed: true, testbed: false })).toEqual({ do: 'give-up' });
  });

  it("takes the testbed's sample where the template's is not here and that one is", () => {
    const local = ['testbed/node:v1.20.2', 'testbed/busybox:1'];
    expect(decideImage({ ...facts, local })).toMatchObject({ sampleImage: 'testbed/busybox:1' });
    expect(decideImage({ ...facts, local: [...local, 'busybox:1.36'] })).not.toHaveProperty('sampleImage');
    expect(decideImage({ ...facts, local, sampleImage: undefined })).not.toHaveProperty('sampleImage');
    expect(decideImage({ ...facts, local: ['testbed/node:v1.20.2'] })).not.toHaveProperty('sampleImage');
  });
});

describe('a create that failed', () => {
  function ended(kind: StepKind, code: ErrorCode, state: Operation['state'] = 'failed'): Operation {
    const step = { id: 's', kind, title: '', lane: '', weight: 1, after: [], state: 'failed' as const };
    const error = { code, message: '', hints: [] };
    return { id: 'o', kind: 'create', subject: 'q', state, queuedAt: 0, leftovers: [], steps: [step], error };
  }

  it('tells which image no registry gave', () => {
    expect(failedPull(ended('image-pull', 'image-pull-failed'))).toBe('node-image');
    expect(failedPull(ended('sample-image', 'image-pull-failed'))).toBe('sample-image');
    expect(failedPull(ended('image-pull', 'out-of-disk'))).toBeUndefined();
    expect(failedPull(ended('image-pull', 'image-pull-failed', 'cancelled'))).toBeUndefined();
  });
});

describe('the cluster', () => {
  it.each([
    ['running', 'use'],
    ['stopped', 'start'],
    ['paused', 'start'],
    ['degraded', 'start'],
    ['incomplete', 'clean-up'],
    ['creating', 'wait'],
    ['deleting', 'wait'],
  ] as const)('%s: %s', (state, decision) => {
    expect(decideCluster(sampleCluster('quickstart', { state }))).toBe(decision);
  });

  it('is created where there is none', () => {
    expect(decideCluster(undefined)).toBe('create');
  });
});
