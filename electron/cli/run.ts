// One command line from its arguments to an exit code; errors become words or JSON here and nowhere else.
import type { ErrorData } from '../../shared/model/errors';
import { errorDataOf, errorLines, exitCodeOf, exitCodes, stackLines } from './errors';
import type { CommandKind } from './grammar/command';
import type { ResultLine } from './json';
import { CommanderError, createGrammar } from './program';
import type { Session } from './session';

/**
 * @param words the arguments after the program's name
 * @param around everything of a session but what the arguments decide
 * @returns 0 done, 1 failed, 2 bad usage, 130 cancelled
 */
export async function run(words: readonly string[], around: Omit<Session, 'json'>): Promise<number> {
  const { terminal } = around;
  const complaints: string[] = [];
  const grammar = createGrammar(around.product.version, {
    out: (text) => terminal.out(text.trimEnd()),
    err: (text) => complaints.push(text.trimEnd()),
  });
  try {
    if (words.length === 0) grammar.program.help();
    await grammar.program.parseAsync(words, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return exitCodes.done;
    const message = error.message.replace(/^error: /, '');
    if (words.includes('--json')) terminal.out(JSON.stringify({ error: usageError(message) }));
    else for (const line of complaints) terminal.err(line);
    return exitCodes.usage;
  }
  const chosen = grammar.chosen();
  if (!chosen) return exitCodes.done;
  const session: Session = { ...around, json: chosen.json };
  try {
    const ended = chosen.run(session);
    return await (chosen.kind === 'document' ? Promise.race([ended, interrupted(session)]) : ended);
  } catch (thrown) {
    const error = errorDataOf(thrown);
    report(session, error, chosen.kind);
    if (around.product.environment.BOATHOUSE_DEBUG) for (const line of stackLines(thrown)) terminal.err(line);
    return exitCodeOf(error);
  }
}

function usageError(message: string): ErrorData {
  return { code: 'bad-input', message, hints: [{ text: 'boathouse --help' }] };
}

function interrupted({ interrupt }: Session): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (interrupt.aborted) reject(interrupt.reason);
    interrupt.addEventListener('abort', () => reject(interrupt.reason), { once: true });
  });
}

function report(session: Session, error: ErrorData, kind: CommandKind): void {
  const { terminal } = session;
  if (session.json) {
    const document = kind === 'operation' ? ({ type: 'result', ok: false, error } satisfies ResultLine) : { error };
    terminal.out(JSON.stringify(document));
  } else if (error.code === 'cancelled') terminal.err(error.message);
  else for (const line of errorLines(error, terminal.errPaint)) terminal.err(line);
}
