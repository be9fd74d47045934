// For tests: a core of its own on one of the testbed's engines, with everything it writes in a directory that goes away with it.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Client } from '../../../shared/contract';
import { type ErrorData, errorDataSchema } from '../../../shared/model/errors';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import { hasEnded, type Operation } from '../../../shared/model/operation';
import { createCore } from '../app';
import type { CoreOptions } from '../options';

export const nodeImage = process.env.BOATHOUSE_TEST_NODE_IMAGE || 'testbed/node:v1.20.2';

export interface EngineOfTests {
  /** `Docker 28.5`. */
  name: string;
  host: string;
}

const engines = [
  { version: '20.10', variable: 'BOATHOUSE_TEST_ENGINE' },
  { version: '28.5', variable: 'BOATHOUSE_TEST_MODERN_ENGINE' },
] as const;
type EngineVersion = (typeof engines)[number]['version'];

/** `npm test` runs the tests of each engine in a process of its own, which this names. */
const half = process.env.BOATHOUSE_TEST_HALF;
const isInThisHalf = (version: EngineVersion) => !half || half === version;

/** Those whose variable is set. */
function enginesThere() {
  return engines.flatMap(({ version, variable }) => {
    const host = process.env[variable];
    return host ? [{ version, name: `Docker ${version}`, host }] : [];
  });
}

/** The engines to test on, by name; those whose variable is not set are left out, which is said. */
export function testEngines(): EngineOfTests[] {
  for (const { version, variable } of engines) {
    if (!process.env[variable]) console.warn(`Skipped: tests on Docker ${version}, because ${variable} is not set`);
  }
  return enginesThere().filter(({ version }) => isInThisHalf(version));
}

/**
 * The engine of tests for which one is enough; where that one is not set, the other. Undefined without any, and in the half
 * of the other one. `npm test` reads from a file's calls in which halves it is to be run.
 */
export function testEngine(version: EngineVersion): EngineOfTests | undefined {
  const there = enginesThere();
  return isInThisHalf(version) ? (there.find((one) => one.version === version) ?? there[0]) : undefined;
}

/** How often something lasting is repeated: `usual` in every run of the tests, as often as BOATHOUSE_TEST_ROUNDS says to measure it. */
export function roundsOf(usual: number): number {
  return Number(process.env.BOATHOUSE_TEST_ROUNDS || usual);
}

export interface TestCore {
  client: Client;
  /** What programs beside us are to be run with. */
  environment: NodeJS.ProcessEnv;
  directory: string;
  kubeconfig: string;
  log: string[];
  /** Ends the core and starts another one in the same directory. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

/** `kubeconfig`: a path other than that of a file in the core's directory. */
export async function openTestCore(engine: string, kubeconfig?: string): Promise<TestCore> {
  const directory = await mkdtemp(join(tmpdir(), 'boathouse-core-'));
  const log: string[] = [];
  const options = testOptions(directory, engine, { kubeconfig, log: (line) => log.push(line) });
  let core = await createCore(options);
  const test: TestCore = {
    client: core.client,
    environment: { ...process.env, ...options.environment },
    directory,
    kubeconfig: options.environment.KUBECONFIG ?? '',
    log,
    async restart() {
      await core.dispose();
      core = await createCore(options);
      test.client = core.client;
    },
    async close() {
      await core.dispose();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return test;
}

export function testOptions(
  directory: string,
  engine: string,
  { kubeconfig = join(directory, 'kube', 'config'), log }: { kubeconfig?: string | undefined; log(line: string): void },
): CoreOptions {
  return {
    environment: {
      // What a test puts there is found before what is installed.
      PATH: `${join(directory, 'bin')}:${process.env.PATH}`,
      HOME: directory,
      DOCKER_HOST: engine,
      KUBECONFIG: kubeconfig,
    },
    homeDirectory: directory,
    platform: process.platform,
    directories: {
      config: join(directory, 'config'),
      state: join(directory, 'state'),
      cache: join(directory, 'cache'),
    },
    resources: resolve(import.meta.dirname, '../../../resources'),
    version: '0.0.0-test',
    shell: 'terminal',
    log,
  };
}

/** Watches an operation until `enough` says so or it has ended. */
export async function watchOperation(
  client: Client,
  id: string,
  enough: (operation: Operation) => boolean,
): Promise<Operation> {
  const stop = new AbortController();
  let feed = emptyFeed<Operation>();
  try {
    for await (const message of await client.operations.watch(undefined, { signal: stop.signal })) {
      feed = applyFeed(feed, message, (operation) => operation.id);
      const operation = feed.items.get(id);
      if (operation && (hasEnded(operation.state) || enough(operation))) return operation;
    }
  } finally {
    stop.abort();
  }
  throw new Error(`the watch of operations ended before ${id} did`);
}

/** The operation when it has ended. */
export function ended(client: Client, { operationId }: { operationId: string }): Promise<Operation> {
  return watchOperation(client, operationId, () => false);
}

/** Waits until it has ended well; else throws its error with the end of its log. */
export async function succeeded(client: Client, started: { operationId: string }): Promise<Operation> {
  const operation = await ended(client, started);
  if (operation.state === 'done') return operation;
  const lines: string[] = [];
  for await (const batch of await client.operations.log({ id: operation.id, after: 0 })) {
    lines.push(...batch.map(({ step, text }) => `${step}: ${text}`));
  }
  const { error } = operation;
  const words = `${operation.kind} ${operation.subject} ${operation.state}: ${error?.message}\n${error?.detail ?? ''}`;
  throw new Error(`${words}\n${lines.slice(-60).join('\n')}`);
}

/** Resolves when a step of the operation runs (or has, or the operation has ended). */
export function stepBegun(client: Client, id: string, step: string): Promise<Operation> {
  return watchOperation(client, id, ({ steps }) =>
    steps.some((one) => one.id.split(':')[0] === step && one.state !== 'waiting'),
  );
}

/** The explained error that a call is refused with. */
export async function refusalOf(call: Promise<unknown>): Promise<ErrorData> {
  try {
    await call;
  } catch (error) {
    const data = errorDataSchema.safeParse((error as { data?: unknown }).data);
    if (data.success) return data.data;
    throw error;
  }
  throw new Error('the call was not refused');
}
