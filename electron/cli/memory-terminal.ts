// A terminal for tests: keeps what is printed, answers as told, and begins a session around a stand-in core.
import type { Core } from '../core/options';
import { createPaint } from './output/paint';
import type { Product, Session } from './session';
import type { Terminal } from './terminal';

export interface MemoryTerminal extends Terminal {
  readonly stdout: string[];
  readonly stderr: string[];
  /** Everything that was drawn for redrawing. */
  readonly drawn: string[];
  readonly questions: string[];
}

export function memoryTerminal(options: { live?: boolean; answers?: string[]; input?: string[] } = {}): MemoryTerminal {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const drawn: string[] = [];
  const questions: string[] = [];
  const answers = [...(options.answers ?? [])];
  return {
    stdout,
    stderr,
    drawn,
    questions,
    out: (line) => void stdout.push(line),
    err: (line) => void stderr.push(line),
    draw: (text) => void drawn.push(text),
    live: options.live ?? false,
    interactive: options.answers !== undefined,
    columns: () => 100,
    rows: () => 24,
    console: {
      interactive: false,
      size: () => ({ columns: 100, rows: 24 }),
      onResize: () => () => {},
      raw: () => () => {},
      async *input() {
        yield* (options.input ?? []).map((text) => Buffer.from(text));
      },
      async write(stream, bytes) {
        (stream === 'out' ? stdout : stderr).push(Buffer.from(bytes).toString('utf8'));
      },
    },
    outPaint: createPaint(false),
    errPaint: createPaint(false),
    async ask(question, signal) {
      signal.throwIfAborted();
      questions.push(question);
      return answers.shift() ?? '';
    },
  };
}

/** A session whose product lies nowhere, unless told otherwise. */
export function sessionAround(
  core: Core,
  terminal: Terminal,
  more: { interrupt?: AbortSignal; product?: Partial<Product>; json?: boolean } = {},
): Session {
  return {
    terminal,
    json: more.json ?? false,
    interrupt: more.interrupt ?? new AbortController().signal,
    core: async () => core,
    product: {
      folder: '/nowhere',
      version: '1.2.3',
      stateFolder: '/nowhere/state',
      script: '/nowhere/boathouse.js',
      environment: {},
      platform: 'linux',
      osReleaseFile: '/nowhere/os-release',
      userId: 1000,
      ...more.product,
    },
  };
}
