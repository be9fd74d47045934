// Why an engine is not reached: each cause has its own words and a next step.
import { describe, expect, test } from 'vitest';
import type { EngineEndpoint } from '../../../shared/model/engine';
import { AppError } from '../../../shared/model/errors';
import { unreachable } from './connection-failure';
import { engineFailure } from './failures';

const socket: EngineEndpoint = { host: 'unix:///var/run/docker.sock', source: 'socket' };
const broken = (code: string, message = `connect ${code}`) => Object.assign(new Error(message), { code });

describe('the cause decides the words and the step', () => {
  test.each([
    ['ENOENT', socket.host, 'not installed or not running', 'systemctl start docker'],
    ['EACCES', socket.host, 'may not use', 'usermod -aG docker'],
    ['ECONNREFUSED', socket.host, 'not running', 'systemctl start docker'],
    ['ENOTFOUND', 'tcp://lab:2375', 'not known', 'host name'],
    ['ETIMEDOUT', 'tcp://lab:2375', 'in time', 'VPN'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tcp://lab:2376', 'secure connection', 'DOCKER_CERT_PATH'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tcp://lab:2376', 'secure connection', 'host name in them'],
    ['ESSH', 'ssh://me@lab', 'over ssh', 'ssh me@lab docker version'],
    ['E_WHATEVER', socket.host, 'failed', 'Start Docker'],
  ])('%s', (code, host, words, step) => {
    const failure = unreachable(broken(code), { host, source: 'socket' });
    expect(failure).toMatchObject({ code: 'engine-unreachable', params: { host }, detail: `connect ${code}` });
    expect(failure.message).toContain(words);
    expect(failure.hints.map(({ text }) => text).join(' ')).toContain(step);
  });

  test('a time limit is told from an abort', () => {
    const limit = new DOMException('timed out', 'TimeoutError');
    const error = Object.assign(new Error('aborted', { cause: limit }), { name: 'AbortError', code: 'ABORT_ERR' });
    expect(unreachable(error, socket).message).toContain('in time');
  });

  test('a connection that broke later keeps the cause', () => {
    expect(unreachable(engineFailure(broken('ECONNREFUSED')), socket).message).toContain('not running');
  });
});

test('where the address was written is said, so that it can be changed', () => {
  const hint = (endpoint: EngineEndpoint) => unreachable(broken('ENOENT'), endpoint).hints.at(-1)?.text;
  expect(hint({ ...socket, source: 'DOCKER_HOST' })).toContain('DOCKER_HOST');
  expect(hint({ ...socket, source: 'context', context: 'lab' })).toContain('context "lab"');
  expect(hint({ ...socket, source: 'setting' })).toContain('settings');
});

test('what has words of its own keeps them', () => {
  const error = new AppError('engine-unsupported', 'too old');
  expect(unreachable(error, socket)).toBe(error);
});
