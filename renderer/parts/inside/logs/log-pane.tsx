// Logs as they are written: what is shown of them, a search, a file; why there are none.
import { ActionIcon, Button, Checkbox, Select, Text, TextInput, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconDownload, IconEraser, IconSearch } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PodLogLine } from '../../../../shared/model/pod-logs';
import { type PodTarget, targetText } from '../../../../shared/model/pod-target';
import { downloadText } from '../../download';
import { ErrorNotice } from '../../error-notice';
import { plainText } from './ansi';
import { createSearch, mostLines, patternOf } from './log-buffer';
import { LogLines, momentText } from './log-lines';
import classes from './logs.module.css';
import { usePodLogs, type WantedLogs } from './use-pod-logs';

/** How much of what was written before is shown. */
const ranges = {
  last: { tail: 2_000 },
  five: { minutes: 5 },
  hour: { minutes: 60 },
  all: {},
} as const;
type Range = keyof typeof ranges;

interface LogPaneProps {
  context: string;
  targets: readonly PodTarget[];
  /** Of a container that people came to look at. */
  container?: string | undefined;
  /** Beside the tools. */
  more?: ReactNode;
}

export function LogPane({ context, targets, container, more }: LogPaneProps) {
  const { t } = useTranslation();
  const [range, setRange] = useState<{ name: Range; since?: string }>({ name: 'last' });
  const [only, setOnly] = useState<string | null>(container ?? null);
  const [previous, setPrevious] = useState(false);
  const [timestamps, setTimestamps] = useState(false);
  const [wrap, setWrap] = useState(false);
  const [atEnd, setAtEnd] = useState(true);
  const [query, setQuery] = useState('');
  const [matching, setMatching] = useState(false);
  const [looked, setLooked] = useState<number>();
  const chosen = ranges[range.name];
  const wanted: WantedLogs = {
    context,
    targets: [...targets],
    follow: !previous,
    previous,
    ...('tail' in chosen && { tail: chosen.tail }),
    ...(range.since && { since: range.since }),
  };
  const { buffer, sources, state, error, clear } = usePodLogs(wanted);
  const pattern = query === '' ? undefined : patternOf(query);
  // biome-ignore lint/correctness/useExhaustiveDependencies: lines of another log are looked at anew
  const search = useMemo(() => (pattern ? createSearch(pattern) : undefined), [query, buffer]);
  const containers = [...new Set([...sources.values()].map((source) => source.container))];
  const found = search?.found(buffer);
  const held = buffer.lines;
  const hidden =
    only === null
      ? undefined
      : new Set([...sources.values()].filter((one) => one.container !== only).map((one) => one.id));
  const filtered =
    matching && found
      ? found.map((number) => held[number - buffer.dropped]).filter((line) => line !== undefined)
      : held;
  const lines: readonly PodLogLine[] = hidden ? filtered.filter(({ source }) => !hidden.has(source)) : filtered.slice();
  const hits = useHits(lines, pattern, matching || hidden !== undefined, found, buffer.dropped);
  const marked =
    looked === undefined || hits.length === 0 ? undefined : hits[((looked % hits.length) + hits.length) % hits.length];
  const step = (by: number) => {
    setAtEnd(false);
    setLooked((before) => (before === undefined ? (by > 0 ? 0 : -1) : before + by));
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    step(event.shiftKey ? -1 : 1);
  };
  const name = targets.map(targetText).join(', ');
  const save = () => {
    const several = sources.size > 1;
    const text = lines.map(({ at, source, text: said }) => {
      const from = several ? `${sources.get(source)?.pod} ${sources.get(source)?.container} ` : '';
      return `${at} ${from}${plainText(said)}\n`;
    });
    downloadText(`${name.replace(/[^a-zA-Z0-9.-]+/g, '-')}.log`, text.join(''), 'text/plain');
  };
  const waiting = [...sources.values()].filter((source) => source.state === 'waiting');
  const broken = [...sources.values()].filter((source) => source.error !== undefined);
  const leftOut = [...sources.values()].filter((source) => source.state === 'left-out').length;
  return (
    <div className={classes.pane}>
      <div className={classes.tools}>
        <TextInput
          size="xs"
          className={classes.search}
          aria-label={t('logs.search')}
          placeholder={t('logs.search')}
          leftSection={<IconSearch aria-hidden size={14} />}
          value={query}
          error={query !== '' && pattern === undefined ? t('logs.badPattern') : undefined}
          onKeyDown={onKey}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setLooked(undefined);
          }}
        />
        {pattern && (
          <>
            <Text size="xs" c="dimmed" role="status" className={classes.count}>
              {marked === undefined
                ? t('logs.found', { count: hits.length })
                : t('logs.at', { at: hits.indexOf(marked) + 1, count: hits.length })}
            </Text>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('logs.before')} onClick={() => step(-1)}>
              <IconChevronUp aria-hidden size={15} />
            </ActionIcon>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('logs.next')} onClick={() => step(1)}>
              <IconChevronDown aria-hidden size={15} />
            </ActionIcon>
            <Checkbox
              size="xs"
              label={t('logs.matching')}
              checked={matching}
              onChange={(event) => setMatching(event.currentTarget.checked)}
            />
          </>
        )}
        <Select
          size="xs"
          className={classes.range}
          allowDeselect={false}
          aria-label={t('logs.range')}
          disabled={previous}
          data={(Object.keys(ranges) as Range[]).map((value) => ({ value, label: t(`logs.ranges.${value}`) }))}
          value={range.name}
          onChange={(value) => setRange(rangeOf((value ?? 'last') as Range))}
        />
        {containers.length > 1 && (
          <Select
            size="xs"
            clearable
            className={classes.range}
            aria-label={t('logs.container')}
            placeholder={t('logs.allContainers')}
            data={containers}
            value={only}
            onChange={setOnly}
          />
        )}
        <Checkbox
          size="xs"
          label={t('logs.previous')}
          checked={previous}
          onChange={(event) => setPrevious(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={t('logs.timestamps')}
          checked={timestamps}
          onChange={(event) => setTimestamps(event.currentTarget.checked)}
        />
        <Checkbox
          size="xs"
          label={t('logs.wrap')}
          checked={wrap}
          onChange={(event) => setWrap(event.currentTarget.checked)}
        />
        <Tooltip label={t('logs.clear')}>
          <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('logs.clear')} onClick={clear}>
            <IconEraser aria-hidden size={15} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('logs.save')}>
          <ActionIcon
            size="sm"
            variant="subtle"
            color="gray"
            aria-label={t('logs.save')}
            disabled={lines.length === 0}
            onClick={save}
          >
            <IconDownload aria-hidden size={15} />
          </ActionIcon>
        </Tooltip>
        {more}
      </div>
      {error && <ErrorNotice error={error} />}
      {broken.slice(0, 3).map((source) => source.error && <ErrorNotice key={source.key} error={source.error} />)}
      <div className={classes.frame}>
        <LogLines
          label={t('logs.of', { name })}
          lines={lines}
          sources={sources}
          timestamps={timestamps}
          wrap={wrap}
          pattern={pattern}
          marked={marked}
          atEnd={atEnd}
          onAtEnd={setAtEnd}
        />
        {lines.length === 0 && !error && (
          <Text size="sm" c="dimmed" className={classes.empty}>
            {emptyWords()}
          </Text>
        )}
        {!atEnd && (
          <Button
            size="compact-xs"
            className={classes.toEnd}
            leftSection={<IconChevronDown aria-hidden size={14} />}
            onClick={() => setAtEnd(true)}
          >
            {t('logs.toEnd')}
          </Button>
        )}
      </div>
      <Text size="xs" c="dimmed" className={classes.foot}>
        {t('logs.lines', { count: lines.length, number: lines.length.toLocaleString('en') })}
        {buffer.dropped > 0 && ` · ${t('logs.dropped', { most: mostLines.toLocaleString('en') })}`}
        {leftOut > 0 && ` · ${t('logs.leftOut', { count: leftOut })}`}
        {` · ${t(`logs.state.${state}`)}`}
        {lines.length > 0 && ` · ${t('logs.last', { moment: momentText(lines.at(-1)?.at ?? '') })}`}
      </Text>
    </div>
  );

  function emptyWords(): string {
    if (held.length > 0) return t('logs.noMatch');
    const [first] = waiting;
    if (state === 'reading') return t('logs.reading');
    if (first) return t('logs.waiting', { container: first.container, pod: first.pod });
    return sources.size === 0 ? t('logs.noPods') : t('logs.nothing');
  }
}

function rangeOf(name: Range): { name: Range; since?: string } {
  const range = ranges[name];
  return 'minutes' in range ? { name, since: new Date(Date.now() - range.minutes * 60_000).toISOString() } : { name };
}

/** Indexes of the shown lines in which it is. */
function useHits(
  lines: readonly PodLogLine[],
  pattern: RegExp | undefined,
  filtered: boolean,
  found: readonly number[] | undefined,
  dropped: number,
): readonly number[] {
  if (!pattern || !found) return [];
  if (!filtered) return found.map((number) => number - dropped);
  return lines.flatMap(({ text }, index) => {
    pattern.lastIndex = 0;
    return pattern.test(plainText(text)) ? [index] : [];
  });
}
