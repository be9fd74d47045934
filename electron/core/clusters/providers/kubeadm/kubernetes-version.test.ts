// Reading and ordering of Kubernetes versions.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../../../shared/model/errors';
import {
  atLeastMinor,
  compareKubernetesVersions,
  formatKubernetesVersion,
  parseKubernetesVersion,
} from './kubernetes-version';

describe('reading', () => {
  test.each([
    ['v1.20.2', { major: 1, minor: 20, patch: 2 }],
    ['1.36.1', { major: 1, minor: 36, patch: 1 }],
    ['v1.36.1+abc\n', { major: 1, minor: 36, patch: 1, build: 'abc' }],
    ['v1.37.0-rc.1', { major: 1, minor: 37, patch: 0, prerelease: 'rc.1' }],
    ['v1.37.0-alpha.1.12+0123abc', { major: 1, minor: 37, patch: 0, prerelease: 'alpha.1.12', build: '0123abc' }],
  ])('%j', (text, version) => {
    expect(parseKubernetesVersion(text)).toEqual(version);
  });

  test.each(['', 'latest', 'v1.20', 'v1', '1.20.2.1', 'v1.020.2', 'v1.20.2-', 'x v1.20.2'])('%j is none', (text) => {
    expect(() => parseKubernetesVersion(text)).toThrow(AppError);
  });

  test('writes what it read, without build metadata', () => {
    expect(formatKubernetesVersion(parseKubernetesVersion('1.37.0-rc.1+abc'))).toBe('v1.37.0-rc.1');
  });
});

describe('order', () => {
  test('is semantic versioning’s', () => {
    const ascending = [
      'v1.20.2',
      'v1.20.15',
      'v1.36.0-alpha',
      'v1.36.0-alpha.1',
      'v1.36.0-alpha.beta',
      'v1.36.0-beta.2',
      'v1.36.0-beta.11',
      'v1.36.0-rc.1',
      'v1.36.0',
      'v1.36.1',
      'v2.0.0',
    ].map(parseKubernetesVersion);
    const shuffled = [...ascending].reverse();
    expect(shuffled.sort(compareKubernetesVersions)).toEqual(ascending);
  });

  test('does not see build metadata', () => {
    expect(compareKubernetesVersions(parseKubernetesVersion('v1.36.1+a'), parseKubernetesVersion('v1.36.1+b'))).toBe(0);
  });

  test('is the same from both sides', () => {
    const number = fc.nat({ max: 50 });
    const prerelease = fc.option(fc.constantFrom('alpha.1', 'beta.0', 'beta.10', 'rc.1'), { nil: undefined });
    const version = fc
      .tuple(number, number, prerelease)
      .map(([minor, patch, pre]) => parseKubernetesVersion(`v1.${minor}.${patch}${pre ? `-${pre}` : ''}`));
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(Math.sign(compareKubernetesVersions(a, b))).toBe(0 - Math.sign(compareKubernetesVersions(b, a)));
      }),
    );
  });

  test('of minors counts pre-releases as the minor they lead to', () => {
    expect(atLeastMinor(parseKubernetesVersion('v1.36.0-rc.0'), 36)).toBe(true);
    expect(atLeastMinor(parseKubernetesVersion('v1.35.9'), 36)).toBe(false);
    expect(atLeastMinor(parseKubernetesVersion('v2.0.0'), 36)).toBe(true);
  });
});
