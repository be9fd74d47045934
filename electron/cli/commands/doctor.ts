// `boathouse doctor`: what the checks found, what can be mended, and the mending when asked for.
import { type Check, isTold } from '../../../shared/model/diagnostics';
import { errorDataOf, exitCodes } from '../errors';
import type { Paint } from '../output/paint';
import { clientOf, printResult, type Session } from '../session';

const marks: Record<Check['verdict'], { sign: string; style: keyof Paint }> = {
  ok: { sign: '✓', style: 'green' },
  warning: { sign: '!', style: 'yellow' },
  problem: { sign: '✗', style: 'red' },
  unknown: { sign: '?', style: 'dim' },
};

export interface DoctorOptions {
  fix?: boolean;
  /** Ids of findings not to be told of any more, and of those to be told of again. */
  mute?: string[];
  unmute?: string[];
}

/** @returns 0 when no check found a problem (warnings and what is muted do not count), 1 otherwise */
export async function doctor(session: Session, options: DoctorOptions): Promise<number> {
  const client = await clientOf(session);
  for (const id of options.mute ?? []) await client.diagnostics.mute({ id, muted: true });
  for (const id of options.unmute ?? []) await client.diagnostics.mute({ id, muted: false });
  let checks = await client.diagnostics.checks();
  const fixed: { id: string; message: string }[] = [];
  if (options.fix) {
    for (const check of checks.filter(canBeFixed)) {
      const message = await client.diagnostics.fix({ id: check.id }).then(
        (answer) => answer.text,
        (error: unknown) => `not fixed: ${errorDataOf(error).message}`,
      );
      fixed.push({ id: check.id, message });
    }
    checks = await client.diagnostics.checks();
  }
  const muted = checks.filter((check) => check.muted && check.verdict !== 'ok');
  printResult(session, { checks, fixed }, () => [
    ...fixed.map((fix) => `Fixed "${fix.id}": ${fix.message}`),
    ...checks
      .filter((check) => !muted.includes(check))
      .flatMap((check) => checkLines(check, session.terminal.outPaint)),
    ...(muted.length > 0 ? [`Muted: ${muted.map(({ id }) => id).join(', ')}`] : []),
    ...advice(checks),
  ]);
  const problems = checks.filter((check) => check.verdict === 'problem' && isTold(check));
  return problems.length > 0 ? exitCodes.failed : exitCodes.done;
}

function canBeFixed(check: Check): boolean {
  return check.fix !== undefined && isTold(check);
}

function checkLines(check: Check, paint: Paint): string[] {
  const { sign, style } = marks[check.verdict];
  const lines = [`${paint[style](sign)} ${check.title}: ${check.evidence}`];
  if (check.verdict === 'ok') return lines;
  lines.push(`    why it matters: ${check.why}`);
  if (check.fix) lines.push(`    can be fixed: ${check.fix}`);
  for (const command of check.commands ?? []) lines.push(`      $ ${command}`);
  if (check.advice) lines.push(`    what to do: ${check.advice}`);
  for (const { text } of check.error?.hints ?? []) lines.push(`    what to do: ${text}`);
  lines.push(`    not to be told of it any more: boathouse doctor --mute ${shellWord(check.id)}`);
  return lines;
}

/** As one would have to type it. */
function shellWord(text: string): string {
  return /^[\w:./~@-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function advice(checks: readonly Check[]): string[] {
  return checks.some(canBeFixed) ? ['', 'Do what can be fixed: boathouse doctor --fix'] : [];
}
