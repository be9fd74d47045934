// Who has claimed ports, when the engine goes away while it is asked.
import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import type { Engine } from './engine';
import { freePort } from './ports';

/** It lists one container that does not run, and answers `inspect` with the error. */
function engineThatSays(error: Error): Engine {
  const docker = {
    listContainers: async () => [{ Id: 'c1', Names: ['/shop-control-plane'], State: 'created', Ports: [], Labels: {} }],
    getContainer: () => ({ inspect: () => Promise.reject(error) }),
  };
  return { docker: docker as unknown as Docker } as Engine;
}

test('an engine that goes away meanwhile is said to be away', async () => {
  const gone = engineThatSays(Object.assign(new Error('connect ENOENT /var/run/docker.sock'), { code: 'ENOENT' }));
  await expect(freePort(gone)).rejects.toMatchObject({ code: 'engine-unreachable' });
});

test('a container that is removed meanwhile claims nothing', async () => {
  const removed = engineThatSays(Object.assign(new Error('no such container'), { statusCode: 404 }));
  await expect(freePort(removed)).resolves.toBeGreaterThan(0);
});
