// How minikube's own program is called: for the right cluster, on the right engine, without touching the user's current context.
import { expect, test } from 'vitest';
import { programEnvironment, startArguments } from './start';

test('the profile is the context’s name; the current context stays; nobody is asked', () => {
  expect(startArguments({ context: 'dev' })).toEqual([
    'start',
    '--profile',
    'dev',
    '--keep-context',
    '--interactive=false',
  ]);
});

test('the program means the engine that we mean, whatever the environment says', () => {
  const environment = { PATH: '/bin', KUBECONFIG: '/k', DOCKER_HOST: 'tcp://other:1', DOCKER_CONTEXT: 'other' };
  expect(programEnvironment(environment, { host: 'unix:///run/docker.sock', source: 'socket' })).toEqual({
    PATH: '/bin',
    KUBECONFIG: '/k',
    DOCKER_HOST: 'unix:///run/docker.sock',
  });
  const context = { host: 'tcp://team:2376', source: 'context', context: 'team' } as const;
  expect(programEnvironment(environment, context)).toEqual({ PATH: '/bin', KUBECONFIG: '/k', DOCKER_CONTEXT: 'team' });
});
