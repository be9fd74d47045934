// What runs, at the bottom of every screen: one line folded, the timelines unfolded. Gone when there is nothing to say.
import { ActionIcon, Anchor, Button } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contextIn } from '../../shared/model/actions';
import { hasEnded, type Operation } from '../../shared/model/operation';
import { OperationBadge } from '../parts/badge';
import { OperationLine } from '../parts/operation/operation-line';
import { CancelButton, OperationView } from '../parts/operation/operation-view';
import { useOperationTitle } from '../parts/operation/title';
import { useOperations } from '../stores/app-context';
import classes from './frame.module.css';
import { hrefOf, type Route } from './route';

/** What runs or waits, and the failures that were the last thing to happen to their cluster and were not put away. */
export function shownOperations(operations: readonly Operation[], putAway: ReadonlySet<string>): Operation[] {
  const newest = new Map<string, Operation>();
  for (const operation of operations) {
    const known = newest.get(operation.subject);
    if (!known || known.queuedAt < operation.queuedAt) newest.set(operation.subject, operation);
  }
  const failures = [...newest.values()].filter(({ id, state }) => state === 'failed' && !putAway.has(id));
  const active = operations.filter((operation) => !hasEnded(operation.state));
  return [...active, ...failures].sort((a, b) => a.queuedAt - b.queuedAt);
}

/** `hidden`: a cluster whose own screen shows its operations already. */
export function OperationsPanel({ hidden }: { hidden: string | undefined }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const [putAway, setPutAway] = useState<ReadonlySet<string>>(new Set());
  const operations = shownOperations(useOperations(), putAway).filter(({ subject }) => subject !== hidden);
  if (operations.length === 0) return null;
  const running = operations.filter((operation) => !hasEnded(operation.state)).length;
  return (
    <section className={classes.panel} data-open={open || undefined} aria-label={t('panel.label')}>
      <div className={classes.panelHead}>
        <Button
          variant="subtle"
          color="gray"
          size="compact-sm"
          aria-expanded={open}
          leftSection={open ? <IconChevronDown aria-hidden size={16} /> : <IconChevronUp aria-hidden size={16} />}
          onClick={() => setOpen(!open)}
        >
          {running > 0 ? t('panel.running', { count: running }) : t('panel.failed', { count: operations.length })}
        </Button>
      </div>
      <div className={classes.panelItems}>
        {operations.map((operation) => (
          <div key={operation.id} className={classes.panelItem}>
            {open ? (
              <OperationView operation={operation} unfolded />
            ) : (
              <Folded operation={operation} onPutAway={() => setPutAway(new Set([...putAway, operation.id]))} />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}

function Folded({ operation, onPutAway }: { operation: Operation; onPutAway: () => void }) {
  const { t } = useTranslation();
  const title = useOperationTitle();
  if (!hasEnded(operation.state)) {
    return (
      <div className={classes.panelLine}>
        <OperationLine operation={operation} />
        <CancelButton operation={operation} />
      </div>
    );
  }
  return (
    <div className={classes.panelLine}>
      <OperationBadge state={operation.state} />
      <span>{title(operation)}</span>
      <Anchor href={hrefOf(placeOf(operation))} size="sm">
        {t('panel.why')}
      </Anchor>
      <ActionIcon variant="subtle" color="gray" ml="auto" aria-label={t('panel.putAway')} onClick={onPutAway}>
        <IconX aria-hidden size={16} />
      </ActionIcon>
    </div>
  );
}

/** Where more of an operation is to be seen: the page of its cluster, of the registry, of the caches or of the disk. */
function placeOf({ kind, subject }: Operation): Route {
  if (kind === 'registry') return { screen: 'images', tab: 'registry' };
  if (kind === 'disk') return { screen: 'images', tab: 'disk' };
  if (kind === 'cache') return { screen: 'images', tab: 'caches' };
  if (kind === 'object') return { screen: 'inside', context: contextIn(subject) };
  return { screen: 'cluster', name: subject, tab: 'history' };
}
