// The everyday look inside a cluster: kind, namespaces and filter in one bar, a live list, one object closely beside it.
import { Button, Text } from '@mantine/core';
import { IconFileUpload, IconHistory } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectRef } from '../../../shared/model/actions';
import { type ApiKind, kindName, type ObjectRow } from '../../../shared/model/objects';
import type { ObjectAt } from '../../app/route';
import { ActionDialog } from '../actions/action-dialog';
import { DeleteSeveral } from '../actions/delete-several';
import { Command } from '../copy';
import { ErrorNotice } from '../error-notice';
import { laterInside } from '../later';
import { LoadingRows } from '../loading-rows';
import { holdsManifest, RunManifest, textOf } from '../manifests/run-manifest';
import { useAsked } from '../use-asked';
import { Bar, type Wish } from './bar';
import classes from './inside.module.css';
import { kindLabel, pods } from './kinds';
import { byName, matching, type Order, ordered } from './listing';
import { ObjectPanel } from './object-panel';
import { ObjectsTable } from './objects-table';
import { PickedBar } from './picked-bar';
import { useMetrics, useWithUsage } from './use-metrics';
import { usePicked } from './use-picked';
import { useRows } from './use-rows';

const RecorderView = laterInside(async () => (await import('./recorder/recorder-view')).RecorderView, null);

const onlyPods = [pods];

/**
 * Pods are looked at first: they are asked for while the cluster tells what else it has. `at`: the object that is open at first, of
 * whichever kind.
 */
export function Browser({ context, at }: { context: string; at?: ObjectAt | undefined }) {
  const { t } = useTranslation();
  const asked = useAsked({ context }, (client, input, signal) => client.objects.kinds(input, { signal }), 0);
  if (asked.error) {
    const again = (
      <Button size="xs" variant="default" onClick={() => void asked.again()}>
        {t('inside.again')}
      </Button>
    );
    return <ErrorNotice error={asked.error} actions={again} />;
  }
  if (!asked.answer && at && at.kind !== kindName(pods)) return <LoadingRows />;
  return <Inside context={context} kinds={asked.answer ?? onlyPods} at={at} />;
}

/** Milliseconds between two looks at the clock, for ages. */
const tick = 10_000;

function useNow(): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tick);
    return () => clearInterval(timer);
  }, []);
  return now;
}

interface InsideProps {
  context: string;
  kinds: readonly ApiKind[];
  at: ObjectAt | undefined;
}

function Inside({ context, kinds, at }: InsideProps) {
  const { t } = useTranslation();
  const now = useNow();
  const [chosen, setChosen] = useState(at?.kind ?? kindName(pods));
  const [wish, setWish] = useState<Wish>({ namespaces: [], labels: '', filter: '' });
  const [order, setOrder] = useState<Order>(byName);
  const [active, setActive] = useState(at && `${at.namespace ?? ''}/${at.name}`);
  const [open, setOpen] = useState(at !== undefined);
  const [manifest, setManifest] = useState<string>();
  const [recording, setRecording] = useState(false);
  /** As they were when it was asked for. */
  const [deleting, setDeleting] = useState<readonly ObjectRow[]>([]);
  const kind = kinds.find((one) => kindName(one) === chosen) ?? pods;
  const want = useCallback((part: Partial<Wish>) => setWish((before) => ({ ...before, ...part })), []);
  const show = useCallback(() => setOpen(true), []);
  const { namespaces } = wish;
  const selector = useDeferredValue(wish.labels.trim());
  const rows = useRows(subjectOf(context, kind, namespaces, selector));
  const filter = useDeferredValue(wish.filter);
  const metrics = useMetrics(context, kind);
  const { columns, items } = useWithUsage(rows, metrics);
  const all = useMemo(() => ordered(items, columns, order), [items, columns, order]);
  const shown = useMemo(() => matching(all, filter), [all, filter]);
  const { rows: picked, clear, ...picking } = usePicked(shown);
  const choose = useCallback(
    (name: string) => {
      setChosen(name);
      setOrder(byName);
      setActive(undefined);
      clear();
    },
    [clear],
  );
  const askToDelete = useCallback((row: ObjectRow) => setDeleting(picked.length > 0 ? picked : [row]), [picked]);
  const detail = open && active !== undefined ? (rows.items.get(active) ?? last(active)) : undefined;
  const count = t('inside.count', { shown: shown.length, all: rows.items.size });
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button below does the same by keyboard
    <div
      className={classes.whole}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        // An archive of images is for the cluster.
        if (!holdsManifest(event)) return;
        event.preventDefault();
        // Else the window takes it for a template.
        event.stopPropagation();
        void textOf(event).then(setManifest);
      }}
    >
      <Bar context={context} kinds={kinds} kind={kind} onKind={choose} wish={wish} onWish={want}>
        <Text size="sm" c="dimmed" role="status" className={classes.count}>
          {rows.state === 'listing' ? t('inside.listing', { count: rows.items.size }) : count}
        </Text>
      </Bar>
      {rows.state === 'lost' && rows.error && <ErrorNotice error={rows.error} />}
      <div className={classes.columns} data-open={detail !== undefined || undefined}>
        {rows.items.size === 0 && rows.state === 'listing' ? (
          <LoadingRows />
        ) : (
          <div className={classes.list}>
            <ObjectsTable
              key={kindName(kind)}
              label={kindLabel(kind)}
              columns={columns}
              rows={shown}
              order={order}
              onOrder={setOrder}
              withNamespace={kind.namespaced && namespaces.length !== 1}
              active={active}
              onActive={setActive}
              onOpen={show}
              onDelete={askToDelete}
              picked={picking.keys}
              onPick={picking.pick}
              onPickAll={picking.pickAll}
              now={now}
            />
            {rows.state === 'live' && shown.length === 0 && (
              <Text c="dimmed" className={classes.empty}>
                {t(rows.items.size === 0 ? 'inside.none' : 'inside.noMatch', { kind: kindLabel(kind) })}
              </Text>
            )}
          </div>
        )}
        {detail && (
          <ObjectPanel
            key={active}
            context={context}
            kind={kind}
            row={detail}
            metrics={metrics}
            now={now}
            onClose={() => setOpen(false)}
          />
        )}
      </div>
      <Deleting context={context} objects={deleting.map((row) => refOf(kind, row))} onClose={() => setDeleting([])} />
      {manifest !== undefined && (
        <RunManifest context={context} text={manifest} onClose={() => setManifest(undefined)} />
      )}
      {recording && <RecorderView context={context} onClose={() => setRecording(false)} />}
      <div className={classes.more}>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconFileUpload aria-hidden size={15} />}
          onClick={() => setManifest('')}
        >
          {t('manifests.open')}
        </Button>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconHistory aria-hidden size={15} />}
          onClick={() => setRecording(true)}
        >
          {t('recorder.open')}
        </Button>
        <PickedBar count={picked.length} onDelete={() => setDeleting(picked)} onClear={clear} />
      </div>
      <Command text={commandOf(context, kind, namespaces, selector)} />
    </div>
  );
}

interface DeletingProps {
  context: string;
  objects: readonly ObjectRef[];
  onClose: () => void;
}

function Deleting({ context, objects, onClose }: DeletingProps) {
  const [first, ...others] = objects;
  if (!first) return null;
  if (others.length > 0) return <DeleteSeveral context={context} objects={objects} onClose={onClose} />;
  return <ActionDialog context={context} object={first} verb="delete" onClose={onClose} />;
}

function refOf({ group, version, resource }: ApiKind, { namespace, name }: ObjectRow): ObjectRef {
  return { kind: { group, version, resource }, ...(namespace && { namespace }), name };
}

/** An object that has just been deleted is still looked at. */
function last(key: string) {
  const [namespace = '', name = ''] = key.split(/\/(.*)/s);
  return { key, name, ...(namespace && { namespace }), cells: [] };
}

function subjectOf(context: string, kind: ApiKind, within: readonly string[], labels: string) {
  const { group, version, resource } = kind;
  return {
    context,
    kind: { group, version, resource },
    namespaces: kind.namespaced ? [...within] : [],
    ...(labels && { labels }),
  };
}

function commandOf(context: string, kind: ApiKind, within: readonly string[], labels: string): string {
  const [only] = within;
  const where = within.length === 1 && only ? ['-n', only] : kind.namespaced ? ['-A'] : [];
  return [
    'kubectl',
    '--context',
    context,
    'get',
    kindName(kind),
    ...where,
    ...(labels ? ['-l', `'${labels}'`] : []),
  ].join(' ');
}
