// Words of real engines, and the codes that users get for them.
import { describe, expect, test } from 'vitest';
import { AppError } from '../../../shared/model/errors';
import { cancelled, engineFailure, engineWords, explained } from './failures';
import { TruncatedStreamError } from './json-lines';

/** As docker-modem throws it. */
function refused(statusCode: number, reason: string, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) ${reason} - ${message} `), {
    statusCode,
    reason,
    json: { message },
  });
}

describe('a taken port is named', () => {
  test.each([
    // 20.10
    'driver failed programming external connectivity on endpoint a (f00): Bind for 127.0.0.1:6443 failed: port is already allocated',
    'driver failed programming external connectivity on endpoint a (f00): Error starting userland proxy: listen tcp4 127.0.0.1:6443: bind: address already in use',
    // 28
    'failed to set up container networking: driver failed programming external connectivity on endpoint a (f00): failed to bind host port for 127.0.0.1:6443:172.17.0.2:80/tcp: address already in use',
    'driver failed programming external connectivity on endpoint a (f00): Bind for :::6443 failed: port is already allocated',
    // Desktop
    'Ports are not available: exposing port TCP 127.0.0.1:6443 -> 127.0.0.1:0: listen tcp 127.0.0.1:6443: bind: address already in use',
    'Ports are not available: exposing port TCP 127.0.0.1:6443 -> 0.0.0.0:0: listen tcp 127.0.0.1:6443: bind: An attempt was made to access a socket in a way forbidden by its access permissions.',
  ])('%s', (words) => {
    expect(engineFailure(refused(500, 'server error', words))).toMatchObject({
      code: 'port-taken',
      params: { port: 6443 },
      detail: words,
    });
  });
});

test.each([
  [500, 'write /var/lib/docker/tmp/x: no space left on device', 'out-of-disk'],
  [500, 'failed to create fsnotify watcher: too many open files', 'too-many-open-files'],
  [500, 'fork/exec /usr/bin/runc: cannot allocate memory', 'out-of-memory'],
  [403, 'Pool overlaps with other one on this address space', 'subnet-taken'],
  [
    500,
    'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
    'subnet-taken',
  ],
  [500, 'all predefined address pools have been fully subnetted', 'subnet-taken'],
  [404, 'No such image: a:1', 'image-missing'],
  [404, 'No such container: a', 'not-found'],
  [404, 'network a not found', 'not-found'],
  [404, 'get a: no such volume', 'not-found'],
  [
    409,
    'Conflict. The container name "/a" is already in use by container "f00". You have to remove (or rename) that container to be able to reuse that name.',
    'name-taken',
  ],
  [409, 'network with name a already exists', 'name-taken'],
  [500, 'something nobody has seen', 'engine-refused'],
])('%i %s is %s', (status, words, code) => {
  expect(engineFailure(refused(status, 'why', words))).toMatchObject({ code, detail: words });
});

test('the name that is taken is a parameter', () => {
  expect(engineFailure(refused(409, 'c', 'network with name shop already exists')).params).toEqual({ name: 'shop' });
  expect(engineFailure(refused(409, 'c', 'The container name "/shop" is already in use by x')).params).toEqual({
    name: 'shop',
  });
});

test.each(['ECONNREFUSED', 'ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE', 'ENOENT', 'EPIPE'])(
  '%s means that the connection broke',
  (code) => {
    expect(engineFailure(Object.assign(new Error(`connect ${code}`), { code })).code).toBe('engine-unreachable');
  },
);

test('so does a stream that was cut off', () => {
  expect(engineFailure(new TruncatedStreamError('cut')).code).toBe('engine-unreachable');
  expect(engineFailure(new Error('socket hang up')).code).toBe('engine-unreachable');
});

test('what is explained already stays as it is', async () => {
  const error = new AppError('not-ready', 'x');
  expect(engineFailure(error)).toBe(error);
  await expect(explained(() => Promise.reject(error))).rejects.toBe(error);
});

test('aborts are cancels, with the reason when that is explained', () => {
  expect(engineFailure(AbortSignal.abort().reason).code).toBe('cancelled');
  expect(cancelled(AbortSignal.abort('why')).code).toBe('cancelled');
  expect(cancelled(AbortSignal.abort(new AppError('interrupted', 'x'))).code).toBe('interrupted');
});

test('the words are without what the library puts around them', () => {
  expect(engineWords(refused(404, 'no such container', 'No such container: a'))).toBe('No such container: a');
  expect(engineWords(Object.assign(refused(404, 'no such container', 'words'), { json: null }))).toBe('words');
});
