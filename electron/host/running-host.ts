// The host that already runs for this user: written down when it starts, believed only after it has answered.
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { z } from 'zod';
import { addressOf } from './host';
import { healthSchema, invitationSchema } from './web-app';

const recordSchema = z.object({ port: z.int().min(1).max(65_535), pid: z.int().positive(), token: z.string().min(1) });
type HostRecord = z.infer<typeof recordSchema>;

export interface RunningHost extends HostRecord {
  address: string;
  version: string;
}

/** Milliseconds after which a host that does not answer counts as gone. */
const answerWithin = 2000;

function recordFile(stateFolder: string): string {
  return join(stateFolder, 'host.json');
}

/** Writes down where this process's host is, readable for its user only. */
export async function recordHost(stateFolder: string, host: { port: number; token: string }): Promise<void> {
  await mkdir(stateFolder, { recursive: true, mode: 0o700 });
  const record: HostRecord = { port: host.port, pid: process.pid, token: host.token };
  // A reader finds the old record or the new one, never half of it.
  const fresh = `${recordFile(stateFolder)}.${process.pid}`;
  await writeFile(fresh, `${JSON.stringify(record)}\n`, { mode: 0o600 });
  await rename(fresh, recordFile(stateFolder));
}

/** Takes the record away, unless a later host has written its own. */
export async function forgetHost(stateFolder: string): Promise<void> {
  const record = await readRecord(stateFolder);
  if (record?.pid === process.pid) await rm(recordFile(stateFolder), { force: true });
}

/** @returns the host that is written down, if it answers with its token and its process id; undefined otherwise */
export async function findRunningHost(stateFolder: string): Promise<RunningHost | undefined> {
  const record = await readRecord(stateFolder);
  if (!record) return undefined;
  const answer = await ask(record, 'GET', '/health');
  const health = healthSchema.safeParse(answer);
  if (!health.success || health.data.pid !== record.pid) return undefined;
  return { ...record, address: addressOf(record.port, record.token), version: health.data.version };
}

/** An address that lets one browser in, within a minute; undefined when the host does not answer. */
export async function inviteTo(host: { port: number; token: string }): Promise<string | undefined> {
  const invitation = invitationSchema.safeParse(await ask(host, 'POST', '/invitation'));
  return invitation.success ? addressOf(host.port, invitation.data.token) : undefined;
}

/** Asks a running host to end, and resolves when it no longer listens. */
export async function stopHost(host: { port: number; pid: number }): Promise<void> {
  const connection = connect(host.port, '127.0.0.1');
  const gone = new Promise<void>((resolve) => connection.once('close', () => resolve()));
  connection.on('error', () => {}); // A reset is as good an end as a close, which follows.
  process.kill(host.pid, 'SIGTERM');
  await gone;
}

async function readRecord(stateFolder: string): Promise<HostRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(recordFile(stateFolder), 'utf8')));
  } catch {
    return undefined; // Not there, or not ours: a new host writes it anew.
  }
}

async function ask(host: { port: number; token: string }, method: 'GET' | 'POST', path: string): Promise<unknown> {
  const origin = `http://127.0.0.1:${host.port}`;
  try {
    const answer = await fetch(`${origin}${path}`, {
      method,
      headers: { Authorization: `Bearer ${host.token}`, Origin: origin },
      redirect: 'error',
      signal: AbortSignal.timeout(answerWithin),
    });
    return answer.ok ? await answer.json() : undefined;
  } catch {
    return undefined; // Nothing listens there, or something that does not speak our words.
  }
}
