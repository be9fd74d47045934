// `boathouse logs`: what pods say, of several at once in colours, followed across restarts.
import { AppError } from '../../../shared/model/errors';
import type { LogSource, PodLogLine } from '../../../shared/model/pod-logs';
import { type PodTarget, parseTarget } from '../../../shared/model/pod-target';
import { exitCodes } from '../errors';
import type { Paint } from '../output/paint';
import { clientOf, type Session } from '../session';
import { contextCalled } from './kubeconfig/which';

export interface PodLogsOptions {
  follow?: boolean;
  previous?: boolean;
  namespace?: string;
  selector?: string;
  container?: string[];
  since?: string;
  tail?: number;
  timestamps?: boolean;
  exact?: boolean;
}

/** Lines to standard output, each as it is; what is told about them to standard error. @returns the exit code */
export async function podLogs(
  session: Session,
  name: string,
  words: string[],
  options: PodLogsOptions,
): Promise<number> {
  const { terminal, json, interrupt } = session;
  const { follow = false, previous = false, container = [], since, tail } = options;
  if (tail !== undefined && !(Number.isInteger(tail) && tail >= 0)) {
    throw new AppError('bad-input', '--tail takes a number of lines');
  }
  const from = since === undefined ? undefined : momentOf(since, Date.now());
  const client = await clientOf(session);
  const found = await contextCalled(session, name, options.exact ?? false);
  const targets = targetsOf(words, options.selector, options.namespace ?? found?.namespace ?? 'default');
  let sources = new Map<number, LogSource>();
  const troubles = new Map<string, string>();
  const tell = (key: string, text: string | undefined) => {
    if (text !== undefined && troubles.get(key) !== text) terminal.err(terminal.errPaint.dim(text));
    if (text === undefined) troubles.delete(key);
    else troubles.set(key, text);
  };
  const request = {
    context: found?.name ?? name,
    targets,
    containers: container,
    follow,
    previous,
    ...(tail !== undefined && { tail }),
    ...(from !== undefined && { since: from }),
  };
  try {
    for await (const message of await client.podLogs.read(request, { signal: interrupt })) {
      if (message.type === 'sources') {
        sources = new Map(message.sources.map((source) => [source.id, source]));
        for (const { key, state, error } of message.sources) {
          if (state === 'left-out') tell(key, `${key} is left out: too many containers are read at once.`);
          else tell(key, error && `${key}: ${error.message}`);
        }
      } else if (message.type === 'state') tell('', message.error && `${message.error.message}. Trying again.`);
      else
        for (const line of message.lines)
          terminal.out(json ? jsonOf(line, sources) : textOf(line, sources, options, terminal.outPaint));
    }
  } catch (error) {
    // Whoever follows leaves with Ctrl-C.
    if (!(follow && interrupt.aborted)) throw error;
  }
  if (sources.size === 0 && !json) terminal.err('No pod is there.');
  return exitCodes.done;
}

/** Throws `bad-input`. */
export function targetsOf(words: readonly string[], labels: string | undefined, namespace: string): PodTarget[] {
  if (labels !== undefined && words.length > 0) {
    throw new AppError('bad-input', 'Name pods and workloads, or say --selector: not both');
  }
  if (labels !== undefined) return [{ namespace, labels }];
  if (words.length > 0) return words.map((word) => parseTarget(word, namespace));
  throw new AppError('bad-input', 'Whose logs?', {
    hints: [{ text: 'Name a pod or a workload (deploy/web), or say which labels: -l app=web' }],
  });
}

const units: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** RFC 3339 of `90s`, `5m`, `1h30m`, or of a moment. Throws `bad-input`. */
export function momentOf(text: string, now: number): string {
  if (/^(\d+[smhd])+$/.test(text)) {
    const parts = [...text.matchAll(/(\d+)([smhd])/g)];
    const ago = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units[unit ?? ''] ?? 0), 0);
    return new Date(now - ago).toISOString();
  }
  const moment = /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : Number.NaN;
  if (!Number.isNaN(moment)) return new Date(moment).toISOString();
  throw new AppError('bad-input', `${text} is no time`, {
    hints: [{ text: 'Say 30s, 5m, 2h, or 2026-03-14T09:26:53Z' }],
  });
}

function jsonOf({ source, at, text }: PodLogLine, sources: ReadonlyMap<number, LogSource>): string {
  const { namespace, pod, container } = sources.get(source) ?? {};
  return JSON.stringify({ namespace, pod, container, at, text });
}

function textOf(
  { source, at, text }: PodLogLine,
  sources: ReadonlyMap<number, LogSource>,
  { timestamps }: PodLogsOptions,
  paint: Paint,
): string {
  const moment = timestamps ? `${paint.dim(at)} ` : '';
  const { pod, container } = sources.get(source) ?? {};
  if (sources.size < 2) return `${moment}${text}`;
  const colours = [paint.cyan, paint.yellow, paint.green, paint.bold, paint.red];
  const colour = colours[source % colours.length] ?? paint.cyan;
  return `${colour(`${pod} ${container}`)} ${moment}${text}`;
}
