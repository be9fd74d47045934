// Runs a whole command line for a test, against a stand-in core and a terminal in memory.
import type { Core } from '../core/options';
import { standInCore } from '../host/stand-in-core';
import { sampleCluster } from '../host/stand-in-core/samples';
import { type MemoryTerminal, memoryTerminal, sessionAround } from './memory-terminal';
import { run } from './run';
import type { Product } from './session';

export interface Ran {
  code: number;
  out: string;
  err: string;
  /** Standard output as JSON, line by line. */
  json: unknown[];
}

export interface Around {
  core?: Core;
  terminal?: MemoryTerminal;
  interrupt?: AbortSignal;
  product?: Partial<Product>;
}

/** @param words the command line after `boathouse`, split at blanks */
export async function boathouse(words: string, around: Around = {}): Promise<Ran> {
  const core = around.core ?? standInCore({ clusters: [sampleCluster('shop', { current: true })] });
  const terminal = around.terminal ?? memoryTerminal();
  const code = await run(words.split(' ').filter(Boolean), sessionAround(core, terminal, around));
  const out = terminal.stdout.join('\n');
  const json = words.includes('--json') ? terminal.stdout.map((line): unknown => JSON.parse(line)) : [];
  return { code, out, err: terminal.stderr.join('\n'), json };
}
