// The catalogue of node images, and which of them a request means.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../../shared/model/errors';
import { catalogue } from './catalogue';
import { compareKubernetesVersions, parseKubernetesVersion } from './kubernetes-version';
import { imageFor, versionOfImage } from './node-image';

describe('the catalogue', () => {
  test('is in order, newest first, one image for each minor version', () => {
    const versions = catalogue.map(({ kubernetesVersion }) => parseKubernetesVersion(kubernetesVersion));
    expect([...versions].sort((a, b) => compareKubernetesVersions(b, a))).toEqual(versions);
    expect(new Set(versions.map(({ minor }) => minor)).size).toBe(versions.length);
  });

  test('has whole digests, each its own', () => {
    for (const { digest } of catalogue) expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(new Set(catalogue.map(({ digest }) => digest)).size).toBe(catalogue.length);
  });
});

describe('the image of a request', () => {
  const newest = 'kindest/node:v1.36.1@sha256:3489c7674813ba5d8b1a9977baea8a6e553784dab7b84759d1014dbd78f7ebd5';

  test('is the newest when nothing is asked for', () => {
    expect(imageFor({})).toEqual({ reference: newest, kubernetesVersion: 'v1.36.1' });
    expect(imageFor({ version: undefined, image: undefined }).reference).toBe(newest);
  });

  test.each(['1.34', 'v1.34', '1.34.0', 'v1.34.0'])('is found by version %s', (version) => {
    expect(imageFor({ version })).toEqual({
      reference: 'kindest/node:v1.34.0@sha256:7416a61b42b1662ca6ca89f02028ac133a309a2a30ba309614e8ec94d976dc5a',
      kubernetesVersion: 'v1.34.0',
    });
  });

  test('is the named one, whatever the version', () => {
    expect(imageFor({ version: '1.34', image: 'testbed/node:v1.20.2' })).toEqual({
      reference: 'testbed/node:v1.20.2',
      kubernetesVersion: 'v1.20.2',
    });
    expect(imageFor({ image: 'example/kube' })).toEqual({ reference: 'example/kube' });
  });

  test.each(['1.19', 'v1.34.7', '1.3', 'latest', ''])(
    'is refused for version %j, naming those that exist',
    (version) => {
      const refused = () => imageFor({ version });
      expect(refused).toThrow(AppError);
      expect(refused).toThrow(
        expect.objectContaining({
          code: 'bad-input',
          params: expect.objectContaining({ known: expect.stringContaining('v1.36.1') }),
        }),
      );
    },
  );
});

test.each([
  ['kindest/node:v1.36.1', 'v1.36.1'],
  [`docker.io/kindest/node:v1.36.1@sha256:${'0'.repeat(64)}`, 'v1.36.1'],
  ['localhost:5000/mine/node:v1.20.2', 'v1.20.2'],
  ['kindest/node:v1.37.0-rc.1', 'v1.37.0-rc.1'],
  ['kindest/node:v1.36.1_abc', 'v1.36.1+abc'],
  ['kindest/node:latest', undefined],
  ['kindest/node', undefined],
  [`kindest/node@sha256:${'0'.repeat(64)}`, undefined],
  ['nodejs/web-node:v1.20.2', undefined],
])('%s promises %s', (reference, version) => {
  expect(versionOfImage(reference)).toBe(version);
});
