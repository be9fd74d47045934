// The terminal a command runs in: two streams, whether lines can be redrawn, and whether someone is there to ask.
import { createInterface } from 'node:readline/promises';
import { type Console, processConsole } from './console';
import { createPaint, type Paint, wantsColour } from './output/paint';

export interface Terminal {
  /** A line of the result, to standard output. */
  out(line: string): void;
  /** A line of progress or of an error, to standard error. */
  err(line: string): void;
  /** Text as it is, to standard error: for lines that are drawn again. */
  draw(text: string): void;
  /** Whether standard error is a terminal that can go back to an earlier line. */
  readonly live: boolean;
  /** Whether a question reaches a person. */
  readonly interactive: boolean;
  columns(): number;
  rows(): number;
  /** Colours for standard output. */
  readonly outPaint: Paint;
  /** Colours for standard error. */
  readonly errPaint: Paint;
  /** For programs elsewhere. */
  readonly console: Console;
  /** One line from the person; '' at the end of the input. Throws the signal's reason when aborted. */
  ask(question: string, signal: AbortSignal): Promise<string>;
  /** Hands each key that is pressed to `take`, until aborted; absent where nobody sits before it. */
  keys?(take: (key: string) => void, signal: AbortSignal): void;
}

/** The terminal of this process. A reader who goes away (`| head`) ends the process without a word. */
export function processTerminal(): Terminal {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
      throw error;
    });
  }
  return {
    out: (line) => void stdout.write(`${line}\n`),
    err: (line) => void stderr.write(`${line}\n`),
    draw: (text) => void stderr.write(text),
    live: stderr.isTTY === true && env.TERM !== 'dumb',
    interactive: stdin.isTTY === true && stderr.isTTY === true,
    columns: () => stderr.columns || 80,
    rows: () => stderr.rows || 24,
    ...(stdin.isTTY && { keys: takeKeys }),
    outPaint: createPaint(wantsColour(stdout.isTTY === true, env)),
    errPaint: createPaint(wantsColour(stderr.isTTY === true, env)),
    console: processConsole(),
    async ask(question, signal) {
      const reader = createInterface({ input: stdin, output: stderr });
      const ended = new Promise<string>((resolve) => reader.once('close', () => resolve('')));
      try {
        return await Promise.race([reader.question(question, { signal }), ended]);
      } finally {
        reader.close();
      }
    },
  };
}

/** Keys come one by one and unseen; Ctrl-C stays a signal. */
function takeKeys(take: (key: string) => void, signal: AbortSignal): void {
  const { stdin } = process;
  const onData = (data: Buffer) => {
    for (const key of data.toString('utf8')) {
      if (key === '\u0003') process.kill(process.pid, 'SIGINT');
      else take(key);
    }
  };
  stdin.setRawMode(true);
  stdin.on('data', onData).resume();
  const end = () => {
    stdin.off('data', onData).pause();
    stdin.setRawMode(false);
  };
  signal.addEventListener('abort', end, { once: true });
}

/** Whether an answer means yes; an empty one means no. */
export function isYes(answer: string): boolean {
  return /^y(es)?$/i.test(answer.trim());
}
