// What the calls of a stand-in core share: its clusters and operations, and how a test leads these.

import { implement } from '@orpc/server';
import { contract } from '../../../shared/contract';
import type { Access } from '../../../shared/model/access';
import type { Cache } from '../../../shared/model/caches';
import type { Cluster } from '../../../shared/model/cluster';
import type { Check } from '../../../shared/model/diagnostics';
import type { EngineState } from '../../../shared/model/engine';
import { AppError, type ErrorData } from '../../../shared/model/errors';
import type { KubeconfigView } from '../../../shared/model/kubeconfig';
import type { Operation, OperationKind, StepProgress } from '../../../shared/model/operation';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { createLiveFeed } from '../../core/live/feed';
import { createLiveValue, type LiveValue } from '../../core/live/value';
import { connectedEngine, planOf, singleEntry } from './samples';

interface Lead {
  readonly operation: Operation;
  /** Aborted when someone cancels the operation. */
  readonly signal: AbortSignal;
  /** The input of the call that began it. */
  readonly input: unknown;
  step(id: string, change: Partial<StepProgress>): void;
  end(state: 'done' | 'failed' | 'cancelled', extras?: { error?: ErrorData; leftovers?: string[] }): void;
}

/** Leads an operation; the default ends every step at once. */
export type Script = (lead: Lead) => void | Promise<void>;

const finishAtOnce: Script = (lead) => {
  for (const step of lead.operation.steps) {
    lead.step(step.id, { state: 'done', startedAt: lead.operation.queuedAt, endedAt: lead.operation.queuedAt + 100 });
  }
  lead.end('done');
};

export interface StandInOptions {
  script?: Script;
  clusters?: Cluster[];
  caches?: Cache[];
  access?: Partial<Access>;
  kubeconfig?: KubeconfigView;
  reconnect?: (engine: LiveValue<EngineState>) => void;
}

export type StandInParts = ReturnType<typeof standInParts>;

/** What the calls of a stand-in core share. */
export function standInParts(options: StandInOptions) {
  const clusters = createLiveFeed<Cluster>((cluster) => cluster.name);
  clusters.replace(options.clusters ?? []);
  const operations = createLiveFeed<Operation>((operation) => operation.id);
  const engine = createLiveValue<EngineState>(connectedEngine);
  const templates = createLiveFeed<TemplateEntry>((entry) => entry.id);
  templates.replace([singleEntry]);
  const calls: [string, unknown][] = [];
  const cancels = new Map<string, AbortController>();
  const checks: Check[] = [];
  let open = 0;
  let count = 0;

  async function* counted<T>(items: AsyncGenerator<T, void, void>): AsyncGenerator<T, void, void> {
    open += 1;
    try {
      yield* items;
    } finally {
      open -= 1;
    }
  }

  function begin(kind: OperationKind, subject: string, input: unknown): { operationId: string } {
    count += 1;
    const id = `operation-${count}`;
    calls.push([kind, input]);
    const cancel = new AbortController();
    cancels.set(id, cancel);
    const steps = planOf(kind, subject).steps.map((step) => ({ ...step, state: 'waiting' as const }));
    operations.upsert({ id, kind, subject, state: 'running', steps, queuedAt: 1000, startedAt: 1000, leftovers: [] });
    const current = () => operations.get(id) as Operation;
    const lead: Lead = {
      get operation() {
        return current();
      },
      signal: cancel.signal,
      input,
      step(stepId, change) {
        const changed = current().steps.map((step) => (step.id === stepId ? { ...step, ...change } : step));
        operations.upsert({ ...current(), steps: changed });
      },
      end(state, extras = {}) {
        operations.upsert({ ...current(), state, endedAt: 5000, leftovers: [], ...extras });
      },
    };
    void (options.script ?? finishAtOnce)(lead);
    return { operationId: id };
  }

  function missing(what: string): never {
    throw new AppError('not-found', `There is no ${what}`, { params: { what } });
  }

  function known(name: string): Cluster {
    const cluster = clusters.get(name);
    if (cluster) return cluster;
    throw new AppError('not-found', `There is no cluster "${name}"`, { hints: [{ text: 'See `boathouse list`' }] });
  }

  const os = implement(contract).use(async ({ next, errors }) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const [data, message] = [error.toData(), error.message];
      throw (errors as { APP_ERROR: (o: { data: ErrorData; message: string }) => Error }).APP_ERROR({ data, message });
    }
  });
  return {
    os,
    options,
    clusters,
    operations,
    engine,
    templates,
    calls,
    cancels,
    checks,
    counted,
    begin,
    missing,
    known,
    watching: () => open,
  };
}

export const never = new AbortController().signal;
