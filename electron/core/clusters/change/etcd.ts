// The members of a cluster's etcd, asked and changed through the JSON gateway that etcd itself serves, from a control plane that stays.
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { AppError } from '../../../../shared/model/errors';
import type { Engine } from '../../engine/engine';
import { execOrThrow } from '../../engine/exec';
import { bracketed } from '../node-addresses';

/** Where etcd is asked from: a node that runs a member. */
export interface EtcdDoor {
  readonly engine: Engine;
  readonly node: string;
  readonly signal: AbortSignal;
}

const memberSchema = z.object({
  ID: z.string(),
  /** Absent while the member has not started. */
  name: z.string().default(''),
  peerURLs: z.array(z.string()).default([]),
  clientURLs: z.array(z.string()).default([]),
  isLearner: z.boolean().default(false),
});
export type EtcdMember = z.infer<typeof memberSchema>;
const membersSchema = z.object({ members: z.array(memberSchema).default([]) });

const pki = '/etc/kubernetes/pki/etcd';
/** Milliseconds for a new member to catch up; kubeadm gives it 4 minutes. */
const joinLimit = 240_000;
/** etcd 3.4: a change of members is refused until all have been connected for five seconds, or while one still learns. */
const unsettled = /unhealthy cluster|too many learner|not enough started members/;
/** Milliseconds for that to pass. */
const settleLimit = 30_000;
/** Milliseconds between two tries of a promotion: etcd has no event for it. */
const retryMilliseconds = 200;

/** One call of etcd's gateway (etcd 3.4 to 3.6: the path is the gRPC method's). Throws `exec-failed`. */
async function ask({ engine, node, signal }: EtcdDoor, path: string, body: object): Promise<unknown> {
  const command = [
    ...['curl', '-sSg', '--max-time', '20', '--cacert', `${pki}/ca.crt`],
    ...['--cert', `${pki}/healthcheck-client.crt`, '--key', `${pki}/healthcheck-client.key`],
    ...['-d', JSON.stringify(body), `https://127.0.0.1:2379/v3/${path}`],
  ];
  const { stdout } = await execOrThrow(engine, node, command, { signal });
  return JSON.parse(stdout);
}

/** Why etcd refused, in its words; undefined when it did not. */
function refusal(answer: unknown): string | undefined {
  const { error, message } = z.object({ error: z.string().optional(), message: z.string().optional() }).parse(answer);
  return error ?? message;
}

/** The same, for what must succeed. What etcd refuses only because a member has just joined is asked for again. */
async function demand(door: EtcdDoor, path: string, body: object): Promise<unknown> {
  const end = performance.now() + settleLimit;
  for (;;) {
    const answer = await ask(door, path, body);
    const why = refusal(answer);
    if (!why) return answer;
    if (!unsettled.test(why) || performance.now() > end) throw refused(path, why);
    await pause(retryMilliseconds, undefined, { signal: door.signal });
  }
}

function refused(path: string, why: string): AppError {
  return new AppError('exec-failed', `etcd refused ${path}: ${why}`, {
    params: { command: path, exitCode: 0 },
    detail: why,
  });
}

export async function etcdMembers(door: EtcdDoor): Promise<EtcdMember[]> {
  return membersSchema.parse(await demand(door, 'cluster/member/list', {})).members;
}

export function peerUrl(address: string): string {
  return `https://${bracketed(address)}:2380`;
}

/**
 * Adds a member that does not vote yet, so that the others go on without it. One that an interrupted attempt left at the same
 * address is taken away before. Returns all members, the new one with its name.
 */
export async function addLearner(door: EtcdDoor, name: string, address: string): Promise<EtcdMember[]> {
  await removeMember(door, address);
  const peerURLs = [peerUrl(address)];
  const { members } = membersSchema.parse(await demand(door, 'cluster/member/add', { peerURLs, isLearner: true }));
  return members.map((member) => (member.peerURLs[0] === peerURLs[0] ? { ...member, name } : member));
}

/** Makes the member at the address a voting one, as soon as it has caught up. Throws `not-ready`. */
export async function promote(door: EtcdDoor, address: string): Promise<void> {
  const end = performance.now() + joinLimit;
  const learner = (await etcdMembers(door)).find(({ peerURLs }) => peerURLs.includes(peerUrl(address)));
  if (!learner) throw refused('cluster/member/promote', `there is no member at ${address}`);
  if (!learner.isLearner) return;
  let why: string | undefined;
  while (performance.now() < end) {
    why = refusal(await ask(door, 'cluster/member/promote', { ID: learner.ID }));
    if (why === undefined) return;
    await pause(retryMilliseconds, undefined, { signal: door.signal });
  }
  throw new AppError('not-ready', `The new member of etcd did not catch up within ${joinLimit / 1000} s`, {
    params: { what: 'etcd', seconds: joinLimit / 1000 },
    ...(why && { detail: why }),
  });
}

/** Takes the member at the address out; when there is none, it is fine. */
export async function removeMember(door: EtcdDoor, address: string): Promise<void> {
  const member = (await etcdMembers(door)).find(({ peerURLs }) => peerURLs.includes(peerUrl(address)));
  if (member) await demand(door, 'cluster/member/remove', { ID: member.ID });
}

/** The addresses of voting members that say they are well. */
export async function healthyMembers(door: EtcdDoor): Promise<{ voting: string[]; healthy: string[] }> {
  const voting = (await etcdMembers(door)).filter(({ isLearner }) => !isLearner).flatMap(addressesOf);
  const script = [
    'for address; do',
    `  (curl -sg --max-time 3 --cacert ${pki}/ca.crt --cert ${pki}/healthcheck-client.crt --key ${pki}/healthcheck-client.key`,
    '    "https://$address:2379/health" | grep -q \'"health": *"true"\' && echo "$address") &',
    'done; wait',
  ]
    .join('\n')
    .replace('healthcheck-client.key\n', 'healthcheck-client.key \\\n');
  const { stdout } = await execOrThrow(
    door.engine,
    door.node,
    ['bash', '-c', script, 'health', ...voting.map(bracketed)],
    {
      signal: door.signal,
    },
  );
  return { voting, healthy: stdout.split('\n').filter(Boolean).map(bare) };
}

function addressesOf({ peerURLs }: EtcdMember): string[] {
  return peerURLs.slice(0, 1).map((url) => bare(new URL(url).hostname));
}

/** An address without the brackets that an IPv6 one has in a URL. */
function bare(host: string): string {
  return host.replace(/^\[|\]$/g, '');
}
