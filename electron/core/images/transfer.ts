// A load from a source into nodes: looks at them, sends what each lacks, and lets each take it in.
import { AppError, asAppError } from '../../../shared/model/errors';
import type { Transfer } from '../../../shared/model/operation';
import type { Engine } from '../engine/engine';
import { explained } from '../engine/failures';
import { wrongPlatform } from './archive-images';
import { type NodeSession, openNode } from './node-session';
import type { NodeStore } from './node-store';
import { type Fleet, type OpenWriter, prepareFleet } from './send';
import type { ImageSource } from './source';
import { surveyNode } from './survey';
import { openSharedWriter } from './writer';

export interface Survey {
  readonly stores: ReadonlyMap<string, NodeStore>;
  /** Nodes that could not be asked, and why. */
  readonly failures: ReadonlyMap<string, AppError>;
  /** Of the nodes that could be asked. */
  readonly architecture: string;
}

/** Asks all nodes at once. Throws the first failure when none could be asked. */
export function surveyNodes(engine: Engine, nodes: readonly string[], signal: AbortSignal): Promise<Survey> {
  return surveyOf(
    nodes.map((node) => ({ node, store: surveyNode(engine, node, signal) })),
    signal,
  );
}

async function surveyOf(asked: readonly Pick<NodeSession, 'node' | 'store'>[], signal: AbortSignal): Promise<Survey> {
  const stores = new Map<string, NodeStore>();
  const failures = new Map<string, AppError>();
  await Promise.all(
    asked.map(async ({ node, store }) => {
      try {
        stores.set(node, await store);
      } catch (error) {
        signal.throwIfAborted();
        failures.set(node, asAppError(error));
      }
    }),
  );
  const [first] = stores.values();
  const [failure] = failures.values();
  if (!first)
    throw (
      failure ?? new AppError('not-ready', 'There is no node to load into', { params: { what: 'nodes', seconds: 0 } })
    );
  return { stores, failures, architecture: first.architecture };
}

/** Nodes that were asked and wait for what they lack. */
export interface OpenNodes {
  readonly sessions: readonly NodeSession[];
  /** Rejects as {@link surveyNodes} does. */
  readonly survey: Promise<Survey>;
  /** Those that take nothing in end. */
  close(): Promise<void>;
}

/** Asks all nodes at once, and keeps them ready until they are closed, or `signal` ends. */
export function openNodes(engine: Engine, nodes: readonly string[], signal: AbortSignal): OpenNodes {
  const sessions = nodes.map((node) => openNode(engine, node, signal));
  const survey = surveyOf(sessions, signal);
  survey.catch(() => {});
  const close = async () => void (await Promise.all(sessions.map((session) => session.leave())));
  return { sessions, survey, close };
}

/** Throws `image-platform` when an image could not run on the nodes. */
export function refuseOtherPlatforms(source: ImageSource, architecture: string): void {
  for (const { platform, names, id } of source.images) {
    if (platform.os === 'linux' && platform.architecture === architecture) continue;
    throw wrongPlatform(architecture, [`${platform.os}/${platform.architecture}`], names[0] ?? id);
  }
}

export interface Loading {
  readonly fleet: Fleet;
  readonly survey: Survey;
  readonly nodes: OpenNodes;
}

/**
 * @param log hears why bytes must pass the engine once for each node
 * Throws `image-platform`.
 */
export async function prepareLoading(
  engine: Engine,
  source: ImageSource,
  nodes: OpenNodes,
  log: (line: string) => void,
): Promise<Loading> {
  const survey = await nodes.survey;
  refuseOtherPlatforms(source, survey.architecture);
  const receivers = nodes.sessions.flatMap(({ node, id, stream }) => {
    const store = survey.stores.get(node);
    return store ? [{ node, id, stream, store }] : [];
  });
  const openWriter: OpenWriter = async (lacking, signal) => {
    const targets = receivers.filter(({ node }) => lacking.some((one) => one.node === node));
    if (targets.length < 2 || Math.max(...lacking.map(({ missing }) => missing.bytes)) < worthSharing) return undefined;
    try {
      return await openSharedWriter(engine, targets, signal);
    } catch (error) {
      signal.throwIfAborted();
      log(`Every node is sent its own copy: ${error instanceof Error ? error.message : error}`);
      return undefined;
    }
  };
  return { fleet: prepareFleet(source, receivers, openWriter), survey, nodes };
}

/** Bytes from which a container that writes for all nodes saves more than it takes. */
const worthSharing = 16 * 1024 * 1024;

export interface ReceiveHooks {
  transfer?(bytes: Transfer): void;
  /** All bytes are there; the node unpacks them. */
  onUnpacking?(): void;
}

/** Lets one node take the load in. Throws what a node's session does. */
export async function receive(
  { fleet, survey, nodes }: Loading,
  node: string,
  hooks: ReceiveHooks = {},
): Promise<void> {
  const failure = survey.failures.get(node);
  if (failure) throw failure;
  const session = nodes.sessions.find((one) => one.node === node);
  const receiver = fleet.receivers.find((one) => one.node === node);
  if (!session || !receiver) throw new AppError('internal', `${node} was not prepared`);
  const { missing } = receiver;
  const told = { total: missing.bytes, present: missing.present };
  hooks.transfer?.({ moved: 0, ...told });
  if (missing.nothing) return session.leave();
  receiver.onBytes = (moved) => hooks.transfer?.({ moved, ...told });
  await session.receive(() => hooks.onUnpacking?.());
}

/** Id of the image that a node runs from: the engine has it, and it has a shell. */
export async function imageOfNode(engine: Engine, node: string): Promise<string> {
  return (await explained(() => engine.docker.getContainer(node).inspect())).Image;
}
