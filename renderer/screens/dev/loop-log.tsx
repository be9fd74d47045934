// What a loop builds and what its pods say, as it comes, in the colours of those who said it.
import { Anchor, Group, SegmentedControl, Switch, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loop, LoopLine } from '../../../shared/model/devloop/loop';
import type { LogSource, PodLogLine } from '../../../shared/model/pod-logs';
import { hrefOf } from '../../app/route';
import { LogLines } from '../../parts/inside/logs/log-lines';
import { useTopic } from '../../stores/use-topic';
import classes from './loop.module.css';
import { loopLabel } from './loop-label';

/** Lines that are kept here; the core keeps no more. */
const kept = 2000;
const views = ['all', 'builds', 'pods'] as const;
type View = (typeof views)[number];

export function LoopLog({ loop: { id, context, namespace } }: { loop: Loop }) {
  const { t } = useTranslation();
  const [view, setView] = useState<View>('all');
  const [atEnd, setAtEnd] = useState(true);
  const [wrap, setWrap] = useState(true);
  const said = useTopic<LoopLine[], LoopLine[]>(
    id,
    (client, loop, signal) => client.loops.lines({ id: loop }, { signal }),
    (before = [], more) => {
      const last = before.at(-1)?.sequence ?? 0;
      return [...before, ...more.filter(({ sequence }) => sequence > last)].slice(-kept);
    },
  );
  const shown = useMemo(() => drawn((said ?? []).filter(({ source }) => isIn(view, source))), [said, view]);
  return (
    <>
      <Group gap="md" mb={8}>
        <SegmentedControl
          size="xs"
          aria-label={t('dev.logView')}
          data={views.map((value) => ({ value, label: t(`dev.logViews.${value}`) }))}
          value={view}
          onChange={(value) => setView(views.find((one) => one === value) ?? 'all')}
        />
        <Switch
          size="xs"
          label={t('logs.wrap')}
          checked={wrap}
          onChange={(event) => setWrap(event.currentTarget.checked)}
        />
        <Anchor size="sm" href={hrefOf({ screen: 'logs', context, namespace, of: `${loopLabel}=${id}` })}>
          {t('dev.allPodLogs')}
        </Anchor>
      </Group>
      {shown.lines.length === 0 ? (
        <Text className={classes.quiet}>{t('dev.noLines')}</Text>
      ) : (
        <div className={classes.log}>
          <LogLines
            label={t('dev.loopTab.logs')}
            lines={shown.lines}
            sources={shown.sources}
            timestamps={false}
            wrap={wrap}
            pattern={undefined}
            marked={undefined}
            atEnd={atEnd}
            onAtEnd={setAtEnd}
          />
        </div>
      )}
    </>
  );
}

function isIn(view: View, source: LoopLine['source']): boolean {
  return view === 'all' || (view === 'pods') === (source === 'pod');
}

/** Loop's lines as logs are drawn: whoever said something is a source of its own. */
function drawn(said: readonly LoopLine[]): { lines: PodLogLine[]; sources: Map<number, LogSource> } {
  const known = new Map<string, LogSource>();
  const lines = said.map(({ source, subject = source, container = '', at, text }) => {
    const key = `${source}/${subject}/${container}`;
    const found = known.get(key) ?? {
      id: known.size,
      key,
      namespace: '',
      pod: subject,
      container,
      state: 'reading' as const,
      restarts: 0,
    };
    known.set(key, found);
    return { source: found.id, at: new Date(at).toISOString(), text };
  });
  return { lines, sources: new Map([...known.values()].map((one) => [one.id, one])) };
}
