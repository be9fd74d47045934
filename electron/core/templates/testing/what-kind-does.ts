// For tests: what the real kind would do for a configuration, learnt from what it asks of a docker that only takes notes.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export interface WhatKindDoes {
  /** Arguments of `docker run` and files written, by node; random ports without their numbers. */
  notes: Record<string, string>;
  /** What kind printed. */
  log: string;
}

/** Runs `kind create cluster` with a configuration as far as `kubeadm init`, without any engine. */
export async function whatKindDoes(program: string, config: string): Promise<WhatKindDoes> {
  const directory = await mkdtemp(join(tmpdir(), 'what-kind-does-'));
  const at = (name: string) => join(directory, name);
  try {
    await copyFile(join(import.meta.dirname, 'note-taking-docker.sh'), at('docker'));
    await chmod(at('docker'), 0o755);
    await writeFile(at('kind.yaml'), config);
    const environment = { NOTES: directory, HOME: directory, KUBECONFIG: at('kubeconfig') };
    const child = spawn(program, ['create', 'cluster', '--retain', '--config', at('kind.yaml')], {
      env: { PATH: `${directory}:${process.env.PATH}`, ...environment },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const [log] = await Promise.all([text(child.stderr), once(child, 'exit')]);
    const names = (await readdir(directory)).filter((name) => /^(run|file)\./.test(name)).sort();
    const notes = await Promise.all(
      names.map(async (name) => [name, withoutChance(await readFile(at(name), 'utf8'))] as const),
    );
    return { notes: Object.fromEntries(notes), log };
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** Without what kind leaves to chance: ports of the system's choice, the order of a node's labels. */
function withoutChance(note: string): string {
  return note
    .replace(/(--publish=.*:)(?:0|(?:3[2-9]|[45]\d|6[0-5])\d{3})(:\d+\/)/g, '$1RANDOM$2')
    .replace(/(node-labels: )(.+)/g, (_all, name: string, labels: string) => name + labels.split(',').sort().join());
}
