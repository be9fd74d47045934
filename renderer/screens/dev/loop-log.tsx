// What a loop builds and what its pods say, as it comes.
import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LoopLine } from '../../../shared/model/devloop/loop';
import { useTopic } from '../../stores/use-topic';
import classes from './dev.module.css';

/** Lines that are shown; the core keeps more. */
const shown = 1000;

export function LoopLog({ id }: { id: string }) {
  const { t } = useTranslation();
  const end = useRef<HTMLDivElement>(null);
  const lines = useTopic<LoopLine[], LoopLine[]>(
    id,
    (client, loop, signal) => client.loops.lines({ id: loop }, { signal }),
    (before = [], more) => {
      const last = before.at(-1)?.sequence ?? 0;
      return [...before, ...more.filter(({ sequence }) => sequence > last)].slice(-shown);
    },
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are the reason to go to the end
  useEffect(() => {
    end.current?.scrollTo({ top: end.current.scrollHeight });
  }, [lines]);
  if (!lines || lines.length === 0) return <Text className={classes.quiet}>{t('dev.noLines')}</Text>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div ref={end} className={classes.log} role="log" tabIndex={0} aria-label={t('dev.loopTab.logs')}>
      {lines.map(({ sequence, source, subject, text }) => (
        <div key={sequence}>
          <span className={classes.quiet}>{subject ?? source}</span> {text}
        </div>
      ))}
    </div>
  );
}
