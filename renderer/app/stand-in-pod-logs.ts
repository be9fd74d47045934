// Logs of pods for the stand-in: two pods of a web shop, one of which restarts; a name with `many` has a hundred thousand lines.
import type { Client } from '../../shared/contract';
import type { LogSource, PodLogLine, PodLogMessage } from '../../shared/model/pod-logs';
import { createTopic } from './stand-in-topic';

const esc = '\u001b';
const said = [
  'listening on 0.0.0.0:8080',
  `${esc}[32mGET${esc}[0m /healthz 200 1ms`,
  'GET /basket/42 200 12ms user=ana items=3',
  `${esc}[33mWARN${esc}[0m slow answer of payments: 1204 ms, which is more than the 800 ms that the basket waits before it shows the order without a total`,
  'POST /checkout 201 88ms order=1007',
  `${esc}[31mERROR${esc}[0m connection to db:5432 refused`,
];

function sampleSources(pod: string, previous: boolean): LogSource[] {
  const source = (id: number, name: string, container: string): LogSource => ({
    id,
    key: `shop/${name}/${container}`,
    namespace: 'shop',
    pod: name,
    container,
    state: previous ? 'ended' : 'reading',
    restarts: id - 1,
  });
  if (pod.includes('-')) return [source(1, pod, 'web')];
  return [
    source(1, `${pod}-5d8f-x2x9l`, 'web'),
    source(2, `${pod}-5d8f-q8z4c`, 'web'),
    source(3, `${pod}-5d8f-q8z4c`, 'proxy'),
  ];
}

function sampleLines(count: number, sources: readonly LogSource[]): PodLogLine[] {
  const start = Date.parse('2026-03-14T09:26:53.000Z');
  return Array.from({ length: count }, (_none, index) => ({
    source: sources[index % sources.length]?.id ?? 1,
    at: new Date(start + index * 137).toISOString(),
    text: `${said[index % said.length]}${count > 1000 ? ` #${index + 1}` : ''}`,
  }));
}

/** Lines in messages, as the core sends them. */
const batch = 2_000;

export function podLogsStandIn(enter: (call: string, input?: unknown) => void): Client['podLogs'] {
  return {
    read: async (input, call) => {
      enter('podLogs.read', input);
      const [target] = input.targets;
      const name = target && ('labels' in target ? target.labels : target.name);
      const sources = sampleSources(name ?? 'web', input.previous ?? false);
      const topic = createTopic<PodLogMessage>(() => ({ type: 'sources', sources }));
      const opened = topic.open(call?.signal);
      const lines = sampleLines(name?.includes('many') ? 100_000 : 60, sources);
      for (let from = 0; from < lines.length; from += batch) {
        topic.send({ type: 'lines', sequence: from + 1, lines: lines.slice(from, from + batch) });
      }
      if (!input.follow) topic.end();
      else topic.send({ type: 'state', state: 'live' });
      return opened;
    },
  };
}
