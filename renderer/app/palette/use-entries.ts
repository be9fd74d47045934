// Everything the palette can offer now: what the stores know, and what the core is asked for while it is open.
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Client } from '../../../shared/contract';
import type { Loop } from '../../../shared/model/devloop/loop';
import type { RememberedProject } from '../../../shared/model/devloop/proposal';
import { applyFeed, emptyFeed, type Feed } from '../../../shared/model/feed';
import { wordsIn } from '../../../shared/model/template';
import { useOperationTitle } from '../../parts/operation/title';
import { useBoathouse, useClient, useClusters, useOperations, useStores, useTemplates } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import type { Entry } from './entry';
import { objectEntries, type Sought, soughtKinds } from './objects';
import { everywhereEntries, placeEntries, settingEntries } from './places';
import {
  cancelEntry,
  clusterEntries,
  contextEntries,
  imageEntries,
  loopEntries,
  projectEntry,
  templateEntries,
} from './things';

const listOf =
  <Item>(key: (item: Item) => string) =>
  (before: ReturnType<typeof emptyFeed<Item>> | undefined, message: Feed<Item>) =>
    applyFeed(before ?? emptyFeed<Item>(), message, key);
const foldLoops = listOf((loop: Loop) => loop.id);
const foldProjects = listOf((project: RememberedProject) => project.dir);

/** @param text what is typed: objects are looked for once it names something */
export function useEntries(text: string): Entry[] {
  const { t, i18n } = useTranslation();
  const stores = useStores();
  const settings = useStore(stores.settings);
  const { clusters } = useClusters();
  const { entries: templates } = useTemplates();
  const operations = useOperations();
  const titleOf = useOperationTitle();
  const view = useTopic('kubeconfig', (client, _, signal) => client.kubeconfig.watch(undefined, { signal }));
  const loops = useTopic('loops', (client, _, signal) => client.loops.watch(undefined, { signal }), foldLoops);
  const projects = useTopic(
    'projects',
    (client, _, signal) => client.devloop.projects(undefined, { signal }),
    foldProjects,
  );
  const images = useOnce((client, signal) => client.images.engine(undefined, { signal }));
  const running = useMemo(() => clusters.filter(({ state }) => state === 'running'), [clusters]);
  const here = running.map(({ context }) => context);
  const elsewhere = settings.experiments.includes('searchElsewhere') ? view?.current : undefined;
  const contexts = elsewhere !== undefined && !here.includes(elsewhere) ? [elsewhere, ...here] : here;
  const sought = useSought(contexts, text.trim().length >= 2);
  const titles = operations.map((operation) => cancelEntry(t, operation, titleOf(operation)));

  const all = useMemo(
    () => [
      ...everywhereEntries(t),
      ...clusters.flatMap((cluster) => clusterEntries(t, cluster)),
      ...(view?.contexts ?? []).flatMap((context) => contextEntries(t, context)),
      ...templates.flatMap((entry) => {
        const title = entry.template ? wordsIn(entry.template.metadata.title, i18n.language) : entry.id;
        return templateEntries(t, entry, title);
      }),
      ...(images ?? []).flatMap((image) =>
        imageEntries(
          t,
          image,
          running.map(({ name }) => name),
        ),
      ),
      ...[...(projects?.items.values() ?? [])].map(projectEntry),
      ...[...(loops?.items.values() ?? [])].flatMap((loop) => loopEntries(t, loop)),
      ...placeEntries(t),
      ...settingEntries(t, settings),
    ],
    [t, i18n.language, clusters, running, view, templates, images, projects, loops, settings],
  );
  const objects = useMemo(() => objectEntries(t, sought, text), [t, sought, text]);
  return useMemo(() => [...titles.flat(), ...all, ...objects], [titles, all, objects]);
}

/** One answer, asked once; nothing when the core cannot give it. */
function useOnce<Value>(ask: (client: Client, signal: AbortSignal) => Promise<Value>): Value | undefined {
  const client = useClient();
  const [value, setValue] = useState<Value>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once
  useEffect(() => {
    const stop = new AbortController();
    ask(client, stop.signal).then(
      (answer) => !stop.signal.aborted && setValue(answer),
      () => {}, // The palette offers the rest.
    );
    return () => stop.abort();
  }, [client]);
  return value;
}

const mostContexts = 4;

/** What is in the clusters that run, read once, from the moment that somebody looks for something. */
function useSought(contexts: readonly string[], wanted: boolean): readonly Sought[] {
  const { client } = useBoathouse().connection;
  const [sought, setSought] = useState<readonly Sought[]>([]);
  const key = wanted ? JSON.stringify(contexts.slice(0, mostContexts)) : undefined;
  useEffect(() => {
    if (key === undefined) return;
    const stop = new AbortController();
    setSought([]);
    for (const context of JSON.parse(key) as string[]) {
      for (const kind of soughtKinds) {
        void readOnce(client, { context, kind }, stop.signal).then(
          (rows) => !stop.signal.aborted && setSought((before) => [...before, { context, kind, rows }]),
          () => {}, // A kind that a cluster does not have, or a cluster that does not answer, has nothing to offer.
        );
      }
    }
    return () => stop.abort();
  }, [client, key]);
  return sought;
}

/** The objects of a kind as they are now: listens until all are told. */
async function readOnce(
  client: Client,
  subject: Pick<Sought, 'context' | 'kind'>,
  signal: AbortSignal,
): Promise<Sought['rows']> {
  const enough = new AbortController();
  let feed = emptyFeed<Sought['rows'][number] & { key: string }>();
  for await (const message of await client.objects.rows(subject, {
    signal: AbortSignal.any([signal, enough.signal]),
  })) {
    if (message.type === 'columns') continue;
    if (message.type !== 'state') feed = applyFeed(feed, message, (row) => row.key);
    else if (message.state !== 'listing') break;
  }
  enough.abort();
  return [...feed.items.values()].map(({ name, namespace }) => ({ name, ...(namespace && { namespace }) }));
}
