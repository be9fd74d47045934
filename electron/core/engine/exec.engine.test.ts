// Programs in real containers: input and its end, output, exit codes, and an end when cancelled.
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Engine } from './engine';
import { execInContainer, execOrThrow } from './exec';
import { createTestContainer, openTestEngine, removeTestContainer } from './testing';

let engine: Engine;
let id: string;

beforeAll(async () => {
  engine = await openTestEngine();
  const container = await createTestContainer(engine, 'exec');
  await container.start();
  id = container.id;
});
afterAll(() => removeTestContainer(engine, 'exec'));

const sh = (script: string, options?: Parameters<typeof execInContainer>[3]) =>
  execInContainer(engine, id, ['sh', '-c', script], options);

describe('output', () => {
  test('both streams, lines as they come, and the exit code', async () => {
    const lines: string[] = [];
    const result = await sh('echo one; echo two >&2; printf three; exit 7', {
      onLine: (line, stream) => lines.push(`${stream}: ${line}`),
    });
    expect(result).toEqual({ exitCode: 7, stdout: 'one\nthree', stderr: 'two\n', truncated: false });
    expect(lines.sort()).toEqual(['stderr: two', 'stdout: one', 'stdout: three']);
  });

  test('a line is there before the program ends', async () => {
    const controller = new AbortController();
    const running = sh('echo ready; busybox sleep 60', {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });

  test('beyond the cap the beginning is dropped', async () => {
    const { stdout, truncated } = await sh('busybox seq 1 200000', { outputCap: 1000 });
    expect(truncated).toBe(true);
    expect(stdout).toHaveLength(1000);
    expect(stdout.endsWith('\n199999\n200000\n')).toBe(true);
  });

  test('four streams at once do not mix', async () => {
    const results = await Promise.all(['a', 'b', 'c', 'd'].map((word) => sh(`for i in 1 2 3; do echo ${word}; done`)));
    expect(results.map(({ stdout }) => stdout)).toEqual(['a', 'b', 'c', 'd'].map((word) => `${word}\n`.repeat(3)));
  });
});

describe('input', () => {
  test('text, and then its end', async () => {
    expect((await sh('busybox cat; echo end', { stdin: 'héllo\n' })).stdout).toBe('héllo\nend\n');
  });

  test('none is an empty one', async () => {
    expect((await sh('busybox wc -c')).stdout.trim()).toBe('0');
  });

  test('20 MiB of bytes arrive whole', async () => {
    const block = Buffer.alloc(1024 * 1024, 0xfe);
    const source = Readable.from(Array.from({ length: 20 }, () => block));
    expect((await sh('busybox wc -c', { stdin: source })).stdout.trim()).toBe(String(20 * block.length));
  });

  test('that the program does not read is no error', async () => {
    const source = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(1024 * 1024)));
    expect(await sh('echo done; exit 3', { stdin: source })).toMatchObject({ exitCode: 3, stdout: 'done\n' });
  });

  test('a source that fails is an error', async () => {
    const source = Readable.from(
      (async function* () {
        yield 'a';
        throw new Error('the file vanished');
      })(),
    );
    await expect(sh('busybox cat', { stdin: source })).rejects.toMatchObject({
      cause: { message: 'the file vanished' },
    });
  });
});

describe('how it runs', () => {
  test('variables, user and directory', async () => {
    const { stdout } = await sh('echo "$GREETING $(busybox id -u) $(busybox pwd)"', {
      environment: { GREETING: 'hi there' },
      user: '1234',
      workingDirectory: '/bin',
    });
    expect(stdout).toBe('hi there 1234 /bin\n');
  });

  test('privileged unless told otherwise', async () => {
    const capabilities = (result: { stdout: string }) => /CapEff:\s*(\w+)/.exec(result.stdout)?.[1] ?? '';
    const privileged = capabilities(await sh('busybox cat /proc/self/status'));
    const plain = capabilities(await sh('busybox cat /proc/self/status', { privileged: false }));
    expect(BigInt(`0x${privileged}`)).toBeGreaterThan(BigInt(`0x${plain}`));
  });
});

describe('cancel', () => {
  const processes = async () => (await sh('busybox ps -o comm,args')).stdout;

  test('ends the program and its children in the container', async () => {
    const controller = new AbortController();
    const running = sh('echo started; busybox sleep 4711 & busybox sleep 4712', {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await processes()).not.toMatch(/sleep 471[12]/);
  });

  test('ends a program that ignores the polite signal', async () => {
    const controller = new AbortController();
    const running = sh('trap "" TERM; echo started; while :; do busybox sleep 4713; done', {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(await processes()).not.toMatch(/sleep 4713/);
  });

  test('leaves other programs alone', async () => {
    const controller = new AbortController();
    const other = sh('echo up; busybox sleep 1; echo still here');
    const running = sh('echo started; busybox sleep 4714', {
      signal: controller.signal,
      onLine: () => controller.abort(),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect((await other).stdout).toBe('up\nstill here\n');
  });

  test('before it began runs nothing', async () => {
    await expect(sh('echo x', { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('what goes wrong', () => {
  test('an exit code that must be 0 comes with the command and the last words', async () => {
    const failure = execOrThrow(engine, id, [
      'sh',
      '-c',
      "echo out; echo it's bad >&2; exit 4".replace("it's", 'that is'),
    ]);
    await expect(failure).rejects.toMatchObject({
      code: 'exec-failed',
      message: 'sh failed with exit code 4',
      params: { exitCode: 4 },
      detail: "$ sh -c 'echo out; echo that is bad >&2; exit 4'\nthat is bad",
    });
  });

  test('a program that does not exist', async () => {
    await expect(execInContainer(engine, id, ['kubeadm', 'init'])).rejects.toMatchObject({
      code: 'exec-failed',
      message: 'kubeadm could not be started in the container',
      detail: expect.stringContaining('executable file not found'),
    });
  });

  test('a container that does not exist', async () => {
    await expect(execInContainer(engine, 'bh-engine-test-nobody', ['true'])).rejects.toMatchObject({
      code: 'not-found',
    });
  });

  test('a container that does not run, and one that is paused', async () => {
    const container = await createTestContainer(engine, 'exec-stopped');
    try {
      const attempt = () => execInContainer(engine, container.id, ['busybox', 'true']);
      await expect(attempt()).rejects.toMatchObject({
        code: 'exec-failed',
        hints: [{ text: expect.stringContaining('Start') }],
      });
      await container.start();
      await container.pause();
      await expect(attempt()).rejects.toMatchObject({ code: 'exec-failed', detail: expect.stringContaining('paused') });
    } finally {
      await removeTestContainer(engine, 'exec-stopped');
    }
  });

  test('a container that is removed in the middle', async () => {
    const container = await createTestContainer(engine, 'exec-removed');
    await container.start();
    const running = execOrThrow(engine, container.id, ['sh', '-c', 'echo up; busybox sleep 60'], {
      onLine: () => void container.remove({ force: true }),
    });
    await expect(running).rejects.toMatchObject({
      code: expect.stringMatching(/exec-failed|not-found|engine-unreachable/),
    });
  });
});
