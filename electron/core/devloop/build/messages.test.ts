// What builds say, in the words of real engines: steps, output, and the line of the Dockerfile at which they failed.
import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../dependencies/dockerfile';
import { type BuildStep, createBuildReport } from './messages';

const file = parseDockerfile(
  'FROM busybox:1\nWORKDIR /x\nCOPY a.txt /a.txt\n\nRUN echo one && echo two >&2 && \\\n  exit 3\n',
);

/** Protobuf: a field of text or message. */
const field = (number: number, content: string | Buffer): Buffer => {
  const body = Buffer.from(content);
  return Buffer.concat([Buffer.of(number * 8 + 2), varint(body.length), body]);
};
const varint = (value: number): Buffer =>
  value < 128 ? Buffer.of(value) : Buffer.concat([Buffer.of((value & 127) | 128), varint(value >> 7)]);
const moment = field(1, '');
const vertex = (digest: string, name: string, ...rest: Buffer[]) =>
  field(1, Buffer.concat([field(1, digest), field(3, name), field(5, moment), ...rest]));
const trace = (...parts: Buffer[]) => ({ id: 'moby.buildkit.trace', aux: Buffer.concat(parts).toString('base64') });

describe('BuildKit', () => {
  it('tells steps once, their output by line, and the id', () => {
    const steps: BuildStep[] = [];
    const report = createBuildReport(file, (step) => steps.push(step));
    const lines = [
      trace(vertex('i', '[internal] load remote build context')),
      trace(vertex('a', '[3/4] COPY a.txt /a.txt', Buffer.of(4 * 8, 1))),
      trace(vertex('b', '[4/4] RUN echo one && echo two >&2 &&   exit 3')),
      trace(
        field(3, Buffer.concat([field(1, 'b'), field(4, 'one\ntw')])),
        field(3, Buffer.concat([field(1, 'b'), field(4, 'o\n')])),
      ),
      trace(vertex('b', '[4/4] RUN echo one && echo two >&2 &&   exit 3', field(6, moment))),
      { id: 'moby.image.id', aux: { ID: 'sha256:1' } },
    ].flatMap((message) => report.take(message));
    expect(lines).toEqual([
      'CACHED [3/4] COPY a.txt /a.txt',
      '[4/4] RUN echo one && echo two >&2 &&   exit 3',
      'one',
      'two',
    ]);
    expect(steps.map(({ state }) => state)).toEqual(['cached', 'running', 'done']);
    expect(report.imageId()).toBe('sha256:1');
  });

  it('finds the step, its output and its line', () => {
    const report = createBuildReport(file);
    const name = '[4/4] RUN echo one && echo two >&2 &&   exit 3';
    report.take(trace(vertex('b', name), field(3, Buffer.concat([field(1, 'b'), field(4, 'one\n')]))));
    report.take(trace(vertex('b', name, field(6, moment), field(7, 'executor failed running'))));
    expect(report.failure('exit code: 3')).toEqual({ step: name, output: 'one', line: 5 });
  });

  it('counts steps where variables were put in, in the stage that is named', () => {
    const stages = parseDockerfile(
      'ARG v=1\nFROM a AS one\nENV x=y\nRUN $v\nFROM b AS two\nARG v\nCOPY $v .\nRUN make $v\n',
    );
    const fails = (name: string) => {
      const report = createBuildReport(stages);
      report.take(trace(vertex('b', name, field(7, 'failed'))));
      return report.failure('failed').line;
    };
    expect(fails('[two 3/3] RUN make 1')).toBe(8);
    expect(fails('[one 2/2] RUN 1')).toBe(4);
    expect(fails('[two 2/3] COPY x .')).toBe(7);
  });

  it.each([
    ['dockerfile parse error line 2: unknown instruction: COPPY', 2],
    ['failed to solve with frontend dockerfile.v0: dockerfile parse error on line 7: x', 7],
    ['failed to compute cache key: "/a.txt" not found: not found', 3],
    ['failed to calculate checksum of ref 3lq::pau: "/a.txt": not found', 3],
    ['something else', undefined],
  ])('%s', (reason, line) => expect(createBuildReport(file).failure(reason).line).toBe(line));
});

it('reads the classic builder', () => {
  const steps: string[] = [];
  const report = createBuildReport(file, ({ name, state }) => steps.push(`${state} ${name}`));
  const said = [
    'Step 1/4 : FROM busybox:1',
    '\n',
    ' ---> 7240a5497bb2\n',
    'Step 3/4 : COPY a.txt /a.txt',
    '\n',
    ' ---> Using cache\n',
    'Step 4/4 : RUN echo one && echo two >&2 &&   exit 3',
    '\n',
    ' ---> Running in cba4dcceabb4\n',
    'one\n',
    '\u001b[91mtwo\n\u001b[0m',
  ].flatMap((stream) => report.take({ stream }));
  expect(said).toEqual([
    '[1/4] FROM busybox:1',
    '[3/4] COPY a.txt /a.txt',
    '[4/4] RUN echo one && echo two >&2 &&   exit 3',
    'one',
    'two',
  ]);
  expect(steps).toContain('cached [3/4] COPY a.txt /a.txt');
  expect(report.failure('returned a non-zero code: 3')).toMatchObject({ output: 'one\ntwo', line: 5 });
});
