// What the pods of a loop say, as lines of the loop: from the start of their containers, those of runs that crashed with them.
import type { Deployment } from '../../../../shared/model/devloop/deployment';
import type { LoopLine } from '../../../../shared/model/devloop/loop';
import type { LogSource } from '../../../../shared/model/pod-logs';
import type { Kube } from '../../kube/connect';
import { readPodLogs } from '../../podlogs/read';
import { loopLabel } from '../deploy/touches';

export interface LogStyle {
  readonly prefix: Deployment['logPrefix'];
  /** Of lines that are JSON, those that are shown; none: lines as they are. */
  readonly fields: readonly string[];
}

export type PodLine = Pick<LoopLine, 'subject' | 'container' | 'text'>;

export interface TailRequest {
  readonly namespace: string;
  /** The loop's id, which its pods carry. */
  readonly loop: string;
  /** Milliseconds since the epoch: what was said before is left out. */
  readonly since: number;
  readonly style: () => LogStyle;
  readonly say: (line: PodLine) => void;
}

/** Until aborted; a cluster that goes away is asked again. Throws what the first connection does. */
export async function tailPods(
  kube: Kube,
  { namespace, loop, since, style, say }: TailRequest,
  signal: AbortSignal,
): Promise<void> {
  const targets = [{ namespace, labels: `${loopLabel}=${loop}` }];
  const wanted = { targets, follow: true, since: new Date(since).toISOString() };
  let sources = new Map<number, LogSource>();
  for await (const message of readPodLogs(async () => kube, wanted, signal)) {
    if (message.type === 'sources') sources = new Map(message.sources.map((source) => [source.id, source]));
    if (message.type !== 'lines') continue;
    for (const { source, text } of message.lines) {
      const from = sources.get(source);
      if (from) say(lineOf(from, text, style()));
    }
  }
}

/** skaffold: `auto` and `podAndContainer` name both, and whoever shows them leaves out what says nothing. Pure. */
export function lineOf(
  { pod, container }: Pick<LogSource, 'pod' | 'container'>,
  text: string,
  style: LogStyle,
): PodLine {
  const shown = fieldsOf(text, style.fields);
  if (style.prefix === 'none') return { text: shown };
  return style.prefix === 'container' ? { subject: container, text: shown } : { subject: pod, container, text: shown };
}

/** skaffold's `logs.jsonParse`: `level: info, msg: started`. */
function fieldsOf(text: string, fields: readonly string[]): string {
  if (fields.length === 0 || !text.startsWith('{')) return text;
  try {
    const read = JSON.parse(text) as Record<string, unknown>;
    const shown = fields.flatMap((field) => {
      const value = read[field];
      if (value === undefined) return [];
      return [`${field}: ${typeof value === 'string' ? value : JSON.stringify(value)}`];
    });
    return shown.length > 0 ? shown.join(', ') : text;
  } catch {
    return text;
  }
}
