// A dev loop in lines: each change once it has ended, with its stages' times; what went wrong; where it is served.
import type { Change, Loop, LoopForward, LoopLine, Stage } from '../../../../shared/model/devloop/loop';
import { errorLines } from '../../errors';
import { duration } from '../../output/duration';
import type { Paint } from '../../output/paint';
import type { Session } from '../../session';

export interface LoopView {
  update(loop: Loop): void;
  end(ok: boolean): void;
}

/** With `--json` a line per event: `change`, `forward`, `state`, and `result` as the last. */
export function createLoopView({ terminal, json }: Pick<Session, 'terminal' | 'json'>): LoopView {
  const told = new Map<string, string>();
  let last: Loop | undefined;
  /** Whether something is new, by what was last told of it. */
  const isNew = (key: string, state: string) => {
    if (told.get(key) === state) return false;
    told.set(key, state);
    return true;
  };
  return {
    update(loop) {
      last = loop;
      const paint = terminal.errPaint;
      if (isNew('state', `${loop.state} ${loop.note?.text}`)) {
        if (json) terminal.out(JSON.stringify({ type: 'state', state: loop.state, note: loop.note?.text }));
        else if (['paused', 'waiting'].includes(loop.state))
          terminal.err(paint.yellow(`${loop.state} ${loop.note?.text ?? ''}`.trim()));
      }
      if (loop.watching.way === 'polling' && isNew('polling', 'yes') && !json) {
        terminal.err(paint.yellow(`Files are looked at instead of watched: ${loop.watching.why?.text ?? ''}`));
      }
      for (const change of [...loop.changes].reverse()) {
        if (change.state === 'running' || !isNew(`change ${change.number}`, change.state)) continue;
        if (json) terminal.out(JSON.stringify({ type: 'change', change }));
        else for (const line of changeLines(change, paint)) terminal.err(line);
      }
      for (const forward of loop.forwards) {
        const { resourceType, resourceName, port, state } = forward;
        const key = `forward ${resourceType}/${resourceName}:${port}`;
        if (!isNew(key, `${state} ${forward.localPort} ${forward.note?.text}`) || state === 'waiting') continue;
        if (json) terminal.out(JSON.stringify({ type: 'forward', forward }));
        else terminal.err(forwardText(forward, paint));
      }
    },
    end(ok) {
      if (json) terminal.out(JSON.stringify({ type: 'result', ok, ...(last && { loop: last }) }));
    },
  };
}

/** `#42  index.html  build 0.3 s  deliver 0.2 s  served after 1.5 s`, and below it what failed. */
export function changeLines(change: Change, paint: Paint): string[] {
  const { number, stages, state, servedAfter, way } = change;
  const times = stages.filter(({ state: one }) => one === 'done').map((stage) => `${stage.kind} ${timeOf(stage)}`);
  const failures = stages.filter(({ state: one }) => one === 'failed');
  const end =
    state === 'done'
      ? way === 'nothing'
        ? paint.dim('nothing to do')
        : servedAfter !== undefined
          ? paint.green(`served after ${duration(servedAfter)}`)
          : paint.green('done')
      : state === 'failed'
        ? paint.red('failed')
        : paint.dim(state);
  return [
    [paint.bold(`#${number}`), causeOf(change), ...times, end].join('  '),
    ...failures.flatMap(({ kind, subject, error, place }) => [
      `${paint.red(kind)}${subject ? ` ${subject}` : ''}${place ? ` at ${place.file}:${place.line}` : ''}`,
      ...(error ? errorLines(error, paint) : []),
    ]),
  ];
}

function timeOf({ startedAt, endedAt }: Stage): string {
  return startedAt === undefined || endedAt === undefined ? '' : duration(endedAt - startedAt);
}

function causeOf({ cause, files, fileCount }: Change): string {
  const [first] = files;
  if (cause !== 'files' || !first)
    return {
      start: 'start',
      asked: 'as asked',
      resume: 'going on',
      crash: 'after a crash',
      cluster: 'the cluster came back',
      files: '',
    }[cause];
  return fileCount > 1 ? `${first.path} and ${fileCount - 1} more` : first.path;
}

function forwardText(
  { url, address, localPort, resourceType, resourceName, port, state, note }: LoopForward,
  paint: Paint,
): string {
  const to = `${resourceType}/${resourceName}:${port}`;
  if (state === 'failed') return paint.yellow(`${to} is not forwarded: ${note?.text ?? ''}`);
  return `${paint.cyan(url ?? `${address}:${localPort}`)} -> ${to}`;
}

const colours = ['cyan', 'green', 'yellow'] as const;

/** A line with who said it before it; the same one has the same colour. */
export function lineText({ source, subject, container, text }: LoopLine, paint: Paint): string {
  // The project wants no names before what pods say.
  if (subject === undefined && source === 'pod') return text;
  const name = subject ?? source;
  const who = container && !name.startsWith(container) ? `${name}/${container}` : name;
  const sum = [...who].reduce((total, letter) => total + letter.charCodeAt(0), 0);
  const colour = colours[sum % colours.length] ?? 'cyan';
  return `${paint[colour](who)} ${paint.dim('|')} ${text}`;
}
