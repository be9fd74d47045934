// Quickstart's first part: a Docker Engine that answers, installed with consent where there is none.
import { access, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '../../../shared/contract';
import type { EngineState } from '../../../shared/model/engine';
import { AppError, type ErrorData } from '../../../shared/model/errors';
import type { Product, Session } from '../session';
import { isDebianLike } from '../surroundings';
import { isYes } from '../terminal';
import { decideEngine } from './decisions';
import type { Narrator } from './narrator';
import { runScript } from './script';

type Settled = Exclude<EngineState, { state: 'connecting' }>;

/**
 * Returns when an engine answers.
 * @throws AppError why there is none and what to do; `cancelled` when consent was refused
 */
export async function ensureEngine(session: Session, client: Client, narrator: Narrator, yes: boolean): Promise<void> {
  const engine = await narrator.during('Looking for a Docker Engine', () => settledEngine(client, session.interrupt));
  const askable = session.terminal.interactive && !session.json;
  const consent = yes ? 'given' : askable ? 'askable' : 'none';
  const root = session.product.userId === 0;
  const facts = { engine, root, debianLike: await debianHere(session.product), consent } as const;
  const decision = decideEngine(facts);
  if (decision.do === 'explain') throw errorOf(decision.error);
  if (decision.do === 'use') {
    narrator.tell(`  ${engineWords(engine)}`);
    return;
  }
  narrator.tell('  There is no Docker Engine on this computer.');
  if (decision.do === 'ask') await askConsent(session);
  await installEngine(session, client, narrator);
}

async function installEngine(session: Session, client: Client, narrator: Narrator): Promise<void> {
  const script = join(session.product.folder, 'resources', 'engine', 'debian.sh');
  await narrator.during("Installing and starting Debian's Docker Engine", (note) =>
    runScript(script, ['start'], note, session.interrupt),
  );
  await client.diagnostics.reconnect();
  const limit = AbortSignal.any([session.interrupt, AbortSignal.timeout(30_000)]);
  const engine = await settledEngine(client, limit, 'connected');
  narrator.tell(`  ${engineWords(engine)}`);
}

async function askConsent(session: Session): Promise<void> {
  const question = "Install Debian's (package docker.io) and start it? [y/N] ";
  if (isYes(await session.terminal.ask(question, session.interrupt))) return;
  throw new AppError('cancelled', 'Nothing was installed. Start a Docker Engine and run quickstart again.');
}

/** The engine's state once it has been tried; `wanted` waits on for that one. */
async function settledEngine(client: Client, signal: AbortSignal, wanted?: 'connected'): Promise<Settled> {
  let last: Settled | undefined;
  try {
    for await (const state of await client.diagnostics.engine(undefined, { signal })) {
      if (state.state === 'connecting') continue;
      last = state;
      if (!wanted || state.state === wanted) return state;
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
  if (last?.state === 'unreachable') throw errorOf(last.error);
  signal.throwIfAborted();
  throw new AppError('disconnected', 'The connection ended before the engine answered');
}

function errorOf({ code, message, ...extras }: ErrorData): AppError {
  return new AppError(code, message, { ...extras });
}

function engineWords(engine: Settled): string {
  if (engine.state !== 'connected') return 'No engine answers';
  const { version, operatingSystem, cpus, memory } = engine.info;
  return `Docker ${version} on ${operatingSystem}: ${cpus} processors, ${(memory / 1024 ** 3).toFixed(1)} GiB (${engine.endpoint.host})`;
}

async function debianHere({ platform, osReleaseFile }: Product): Promise<boolean> {
  if (platform !== 'linux') return false;
  return isDebianLike(await readFile(osReleaseFile, 'utf8').catch(() => ''));
}

/** The testbed's script, where the checkout has it and it can run: it needs root and Debian. */
export async function testbedScript(session: Session): Promise<string | undefined> {
  const file = join(session.product.folder, 'e2e', 'testbed', 'up.sh');
  const runs = session.product.userId === 0 && (await debianHere(session.product));
  const there = await access(file).then(
    () => true,
    () => false,
  );
  return runs && there ? file : undefined;
}
