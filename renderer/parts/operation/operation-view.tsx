// An operation in full: its timeline, what went wrong, what stayed behind, its log, and the button that cancels it.
import { Button, Group, List, Text } from '@mantine/core';
import { IconChevronRight, IconListDetails, IconPlayerStop, IconServer } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasEnded, type Operation } from '../../../shared/model/operation';
import { useClient } from '../../stores/app-context';
import { OperationBadge } from '../badge';
import { ErrorNotice } from '../error-notice';
import { MiniTimeline } from '../timeline/mini-timeline';
import { likelyEnd } from '../timeline/projection';
import { Timeline } from '../timeline/timeline';
import { useNow } from '../timeline/use-now';
import { useCall } from '../use-call';
import { useFormat } from '../words';
import { OperationLog } from './log';
import { NodeLogs } from './node-logs';
import classes from './operation.module.css';
import { secondsOf, useOperationTitle } from './title';

interface OperationViewProps {
  operation: Operation;
  /** Shows the timeline of an operation that ended well at once, instead of one line to unfold. */
  unfolded?: boolean;
  /** When it was, where several are listed that may be called the same. */
  when?: string;
}

export function OperationView({ operation, unfolded = false, when }: OperationViewProps) {
  const { t } = useTranslation();
  const title = useOperationTitle();
  const [opened, setOpened] = useState<boolean>();
  const [log, setLog] = useState(false);
  const [nodeLogs, setNodeLogs] = useState(false);
  const open = opened ?? (unfolded || operation.state !== 'done');
  return (
    <section className={classes.view} aria-label={[title(operation), ...(when ? [when] : [])].join(t('listSeparator'))}>
      <div className={classes.head}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          className={classes.fold}
          aria-expanded={open}
          aria-label={t('operation.timelineOf', { title: title(operation) })}
          onClick={() => setOpened(!open)}
        >
          <IconChevronRight aria-hidden size={16} className={classes.chevron} data-open={open || undefined} />
        </Button>
        <Text fw={600} className={classes.title}>
          {title(operation)}
        </Text>
        <OperationBadge state={operation.state} />
        <Clock operation={operation} />
        {!open && <MiniTimeline operation={operation} />}
        <Group gap="xs" ml="auto">
          <Button
            variant={log ? 'light' : 'default'}
            size="xs"
            aria-pressed={log}
            leftSection={<IconListDetails aria-hidden size={15} />}
            onClick={() => setLog(!log)}
          >
            {t('operation.log')}
          </Button>
          {operation.nodeLogs !== undefined && (
            <Button
              variant={nodeLogs ? 'light' : 'default'}
              size="xs"
              aria-pressed={nodeLogs}
              leftSection={<IconServer aria-hidden size={15} />}
              onClick={() => setNodeLogs(!nodeLogs)}
            >
              {t('operation.nodeLogs')}
            </Button>
          )}
          <CancelButton operation={operation} />
        </Group>
      </div>
      {operation.error && operation.state === 'failed' && <ErrorNotice error={operation.error} />}
      {operation.leftovers.length > 0 && <Leftovers items={operation.leftovers} />}
      {open && <Timeline operation={operation} />}
      {log && <OperationLog operation={operation} />}
      {nodeLogs && <NodeLogs id={operation.id} />}
    </section>
  );
}

/** `0:14 of about 0:24` while it runs; how long an undo takes nobody knows. */
function Clock({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const format = useFormat();
  const ended = hasEnded(operation.state);
  const now = useNow(!ended);
  if (ended || operation.startedAt === undefined) return null;
  const elapsed = format.clock(secondsOf(operation, now));
  const expected = format.clock(likelyEnd(operation, now));
  return (
    <Text c="dimmed" size="sm" className="numbers">
      {operation.state === 'undoing' ? elapsed : t('operation.clock', { elapsed, expected })}
    </Text>
  );
}

export function CancelButton({ operation }: { operation: Operation }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  if (hasEnded(operation.state)) return null;
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconPlayerStop aria-hidden size={15} />}
      loading={running}
      disabled={operation.state === 'undoing'}
      onClick={() => void run(() => client.operations.cancel({ id: operation.id }))}
    >
      {t('action.cancel')}
    </Button>
  );
}

function Leftovers({ items }: { items: readonly string[] }) {
  const { t } = useTranslation();
  return (
    <div className={classes.leftovers}>
      <Text fw={500}>{t('operation.leftovers')}</Text>
      <List size="sm">
        {items.map((item) => (
          <List.Item key={item}>{item}</List.Item>
        ))}
      </List>
    </div>
  );
}
