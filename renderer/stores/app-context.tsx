// Gives every component the client, the connection's state and the stores.
import { createContext, type PropsWithChildren, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import type { Client } from '../../shared/contract';
import type { Cache } from '../../shared/model/caches';
import type { Cluster } from '../../shared/model/cluster';
import type { Loop } from '../../shared/model/devloop/loop';
import type { EngineState } from '../../shared/model/engine';
import { hasEnded, type Operation } from '../../shared/model/operation';
import type { LocalRegistry } from '../../shared/model/registry';
import type { ClusterTemplate } from '../../shared/model/template';
import type { TemplateEntry } from '../../shared/model/template/entry';
import type { Connection, ConnectionStatus } from '../app/connection';
import type { Stores } from './stores';

export interface Boathouse {
  connection: Pick<Connection, 'client' | 'status' | 'retry'>;
  stores: Stores;
}

const Context = createContext<Boathouse | undefined>(undefined);

export function BoathouseProvider({ value, children }: PropsWithChildren<{ value: Boathouse }>) {
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useBoathouse(): Boathouse {
  const value = useContext(Context);
  if (!value) throw new Error('A component was used outside of BoathouseProvider');
  return value;
}

export function useClient(): Client {
  return useBoathouse().connection.client;
}

export function useStores(): Stores {
  return useBoathouse().stores;
}

export function useConnectionPhase(): ConnectionStatus['phase'] {
  return useStore(useBoathouse().connection.status, (status) => status.phase);
}

/** The clusters sorted by name, and whether they were heard at all. */
export function useClusters(): { clusters: Cluster[]; heard: boolean } {
  const { items, heard } = useStore(useStores().clusters);
  const clusters = useMemo(() => [...items.values()].sort((a, b) => a.name.localeCompare(b.name)), [items]);
  return { clusters, heard };
}

export function useCluster(name: string): Cluster | undefined {
  return useStore(useStores().clusters, (state) => state.items.get(name));
}

/** The local registries, ours first, and whether they were heard at all. */
export function useRegistries(): { registries: LocalRegistry[]; heard: boolean } {
  const { items, heard } = useStore(useStores().registries);
  const registries = useMemo(() => [...items.values()], [items]);
  return { registries, heard };
}

/** The caches by their upstreams' names, and whether they were heard at all. */
export function useCaches(): { caches: Cache[]; heard: boolean } {
  const { items, heard } = useStore(useStores().caches);
  const caches = useMemo(() => [...items.values()].sort((a, b) => a.upstream.localeCompare(b.upstream)), [items]);
  return { caches, heard };
}

/** Dev loops of all projects, the latest first, and whether they were heard at all. */
export function useLoops(): { loops: Loop[]; heard: boolean } {
  const { items, heard } = useStore(useStores().loops);
  const loops = useMemo(() => [...items.values()].sort((one, other) => other.startedAt - one.startedAt), [items]);
  return { loops, heard };
}

/** A template that clusters can be made from. */
export type UsableTemplate = Omit<TemplateEntry, 'template'> & { template: ClusterTemplate };

export function isUsable(entry: TemplateEntry): entry is UsableTemplate {
  return entry.template !== undefined;
}

/** All templates: built in as the core lists them, then the user's by id; `usable` are those without mistakes. */
export function useTemplates(): { entries: TemplateEntry[]; usable: UsableTemplate[]; heard: boolean } {
  const { items, heard } = useStore(useStores().templates);
  return useMemo(() => {
    const all = [...items.values()];
    const own = all.filter(({ origin }) => origin === 'file').sort((a, b) => a.id.localeCompare(b.id));
    const entries = [...all.filter(({ origin }) => origin === 'built-in'), ...own];
    return { entries, usable: entries.filter(isUsable), heard };
  }, [items, heard]);
}

/** All operations, the newest first. */
export function useOperations(): Operation[] {
  const items = useStore(useStores().operations, (state) => state.items);
  return useMemo(() => [...items.values()].sort((a, b) => b.queuedAt - a.queuedAt), [items]);
}

/** The operation on a cluster that has not ended, if there is one: the running one before queued ones. */
export function useActiveOperation(subject: string): Operation | undefined {
  return useOperations().findLast((operation) => operation.subject === subject && !hasEnded(operation.state));
}

export function useEngine(): EngineState {
  return useStore(useStores().engine, (state) => state.engine);
}
