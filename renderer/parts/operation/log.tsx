// An operation's log as it grows: follows the end until the user scrolls away from it.
import { Text } from '@mantine/core';
import { type UIEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LogLine, Operation } from '../../../shared/model/operation';
import { useClient, useConnectionPhase } from '../../stores/app-context';
import { useFormat } from '../words';
import classes from './operation.module.css';
import { plainText } from './plain-text';

/** Lines that are kept on screen; older ones make room. */
const keptLines = 2000;

export function OperationLog({ operation }: { operation: Pick<Operation, 'id' | 'steps' | 'subject'> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lines, dropped, ended } = useLog(operation.id);
  const box = useRef<HTMLElement>(null);
  const atEnd = useRef(true);
  const lanes = new Map(operation.steps.map((step) => [step.id, step.lane]));

  // biome-ignore lint/correctness/useExhaustiveDependencies: every new line is a reason to stay at the end
  useLayoutEffect(() => {
    if (atEnd.current && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);

  function onScroll(event: UIEvent<HTMLElement>) {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    atEnd.current = scrollHeight - scrollTop - clientHeight < 24;
  }

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section ref={box} className={classes.log} tabIndex={0} aria-label={t('operation.log')} onScroll={onScroll}>
      {dropped > 0 && (
        <Text size="xs" c="dimmed">
          {t('operation.logDropped', { count: dropped })}
        </Text>
      )}
      {lines.length === 0 && (
        <Text size="sm" c="dimmed">
          {t(ended ? 'operation.logEmpty' : 'operation.logWaiting')}
        </Text>
      )}
      {lines.map((line) => (
        <div key={line.sequence} className={classes.line}>
          <span className={classes.time}>{format.timeOfDay(line.at)}</span>
          <span className={classes.lane}>{lanes.get(line.step) ?? ''}</span>
          <span className={classes.lineText}>{plainText(line.text)}</span>
        </div>
      ))}
    </section>
  );
}

interface Log {
  lines: LogLine[];
  dropped: number;
  ended: boolean;
}

const emptyLog: Log = { lines: [], dropped: 0, ended: false };

function append(log: Log, batch: readonly LogLine[]): Log {
  const lines = [...log.lines, ...batch];
  const over = Math.max(0, lines.length - keptLines);
  return { ...log, lines: lines.slice(over), dropped: log.dropped + over };
}

/** The log's lines, resumed after the last one whenever the connection comes back. */
function useLog(id: string): Log {
  const client = useClient();
  const phase = useConnectionPhase();
  const [log, setLog] = useState(emptyLog);
  const last = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another operation's log begins anew
  useEffect(() => {
    last.current = 0;
    setLog(emptyLog);
  }, [id]);

  useEffect(() => {
    if (phase !== 'open') return;
    const stop = new AbortController();
    async function read() {
      const batches = await client.operations.log({ id, after: last.current }, { signal: stop.signal });
      for await (const batch of batches) {
        if (stop.signal.aborted) return;
        last.current = batch.at(-1)?.sequence ?? last.current;
        setLog((log) => append(log, batch));
      }
      setLog((log) => ({ ...log, ended: true }));
    }
    read().catch(() => {
      // The channel ended, or the operation was forgotten; what was read stays.
    });
    return () => stop.abort();
  }, [client, id, phase]);

  return log;
}
