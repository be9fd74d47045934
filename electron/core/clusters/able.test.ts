// What is refused of a cluster, and in which words.
import { describe, expect, test } from 'vitest';
import { abilitiesOf, abilitySchema, type Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { refuseUnable } from './able';

type Origin = Pick<Cluster, 'provider' | 'madeBy'>;

function refused(origin: Origin, computer: { minikube: boolean } = { minikube: false }): string[] {
  const cluster = { name: 'dev', madeBy: origin.madeBy, abilities: abilitiesOf(origin, computer) };
  return abilitySchema.options.flatMap((ability) => {
    try {
      refuseUnable(cluster, ability);
      return [];
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(error.hints).not.toEqual([]);
      return [`${ability}: ${error.code}`];
    }
  });
}

describe('what is refused', () => {
  test.each<[Origin, string[]]>([
    [{ provider: 'kubeadm', madeBy: 'boathouse' }, []],
    [{ provider: 'k3s', madeBy: 'boathouse' }, []],
    [{ provider: 'kubeadm', madeBy: 'kind' }, ['change: not-possible']],
    [{ provider: 'k3s', madeBy: 'k3d' }, ['change: not-possible']],
    [{ provider: 'minikube', madeBy: 'minikube' }, ['start: program-missing', 'change: not-possible']],
  ])('of %j is %j', (origin, expected) => {
    expect(refused(origin)).toEqual(expected);
  });

  test('with minikube’s program its clusters can be started', () => {
    expect(refused({ provider: 'minikube', madeBy: 'minikube' }, { minikube: true })).toEqual(['change: not-possible']);
  });
});

test('the refusal names the cluster, whose it is and where the program is to be had', () => {
  const minikube = { provider: 'minikube', madeBy: 'minikube' } as const;
  const cluster = { name: 'dev', madeBy: 'minikube', abilities: abilitiesOf(minikube) } as const;
  expect(() => refuseUnable(cluster, 'start')).toThrow('dev can only be started by minikube, which is not installed');
  expect(() => refuseUnable(cluster, 'start')).toThrow(
    expect.objectContaining({
      params: expect.objectContaining({ program: 'minikube' }),
      hints: [expect.objectContaining({ url: 'https://minikube.sigs.k8s.io/docs/start/' })],
    }),
  );
});
