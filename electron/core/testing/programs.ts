// For tests: the programs that users run beside us: kubectl, kind, docker.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import type { TestCore } from './core';

const run = promisify(execFile);
const limit = 32 * 1024 * 1024;

/** Runs a program in a core's surroundings: its engine, its kubeconfig. Resolves with its output; rejects when it fails. */
async function runIn(core: TestCore, program: string, words: readonly string[]): Promise<string> {
  const { stdout } = await run(program, words, { env: core.environment, maxBuffer: limit });
  return stdout.trim();
}

export function docker(core: TestCore, ...words: string[]): Promise<string> {
  return runIn(core, 'docker', words);
}

/** A program that runs in a node's container. */
export function inNode(core: TestCore, node: string, ...words: string[]): Promise<string> {
  return runIn(core, 'docker', ['exec', '--privileged', node, ...words]);
}

export function kubectl(core: TestCore, cluster: string, ...words: string[]): Promise<string> {
  const program = process.env.BOATHOUSE_TEST_KUBECTL || 'kubectl';
  return runIn(core, program, ['--context', `kind-${cluster}`, ...words]);
}

/** kubectl's answer in JSON. */
export async function kubectlJson<Answer>(core: TestCore, cluster: string, ...words: string[]): Promise<Answer> {
  return JSON.parse(await kubectl(core, cluster, ...words, '--output', 'json')) as Answer;
}

/** Why the real kind cannot be run; undefined when it can. */
export function kindIsMissing(): string | undefined {
  const program = process.env.BOATHOUSE_TEST_KIND;
  if (!program) return 'BOATHOUSE_TEST_KIND is not set';
  return existsSync(program) ? undefined : `there is no ${program}`;
}

export function kind(core: TestCore, ...words: string[]): Promise<string> {
  return runIn(core, process.env.BOATHOUSE_TEST_KIND ?? 'kind', words);
}
