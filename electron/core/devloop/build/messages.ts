// What a build says, of BuildKit's or of the classic builder: lines for people, steps, the image's id, and where it failed. Pure.
import { z } from 'zod';
import type { Dockerfile, Instruction } from '../dependencies/dockerfile';
import { decodeStatus } from './trace';

export interface BuildStep {
  /** `[2/4] RUN npm ci`. */
  readonly name: string;
  readonly state: 'running' | 'cached' | 'done' | 'failed';
}

export interface BuildReport {
  /** Takes one message; what is new for people comes back, line by line. */
  take(message: unknown): string[];
  /** The rest of a line that did not end. */
  end(): string[];
  imageId(): string | undefined;
  /** Where a failed build was: the step, its last lines, the line of the Dockerfile. */
  failure(reason: string): { step: string | undefined; output: string; line: number | undefined };
}

const messageSchema = z.object({
  id: z.string().optional(),
  stream: z.string().optional(),
  status: z.string().optional(),
  aux: z.union([z.string(), z.object({ ID: z.string().optional() })]).optional(),
});

/** Lines of a step that are kept for its failure. */
const kept = 60;

/** @param onStep hears a step when it begins and ends */
export function createBuildReport(
  file: Dockerfile | undefined,
  onStep: (step: BuildStep) => void = () => {},
): BuildReport {
  const names = new Map<string, string>();
  const states = new Map<string, BuildStep['state']>();
  const outputs = new Map<string, string[]>();
  const partial = new Map<string, string>();
  let id: string | undefined;
  let current = '';
  let failed: string | undefined;

  function say(key: string, text: string): string[] {
    const lines = ((partial.get(key) ?? '') + text).replaceAll(colours, '').split(/\r?\n|\r/);
    partial.set(key, lines.pop() ?? '');
    const said = lines.filter((line) => line.trim() !== '');
    const all = outputs.get(key) ?? [];
    all.push(...said);
    outputs.set(key, all.slice(-kept));
    return said;
  }

  function step(key: string, name: string, state: BuildStep['state']): void {
    if (states.get(key) === state) return;
    states.set(key, state);
    onStep({ name, state });
  }

  function takeTrace(aux: string): string[] {
    const { vertexes, logs } = decodeStatus(Buffer.from(aux, 'base64'));
    const lines: string[] = [];
    for (const { digest, name, cached, started, completed, error } of vertexes) {
      const known = states.get(digest);
      names.set(digest, name);
      if (error && !/context canceled/.test(error)) failed = digest;
      if (name.startsWith('[internal]') || name.startsWith('copy /context')) continue;
      const state = error ? 'failed' : cached ? 'cached' : completed ? 'done' : started ? 'running' : undefined;
      if (!state) continue;
      step(digest, name, state);
      if (known === undefined) lines.push(state === 'cached' ? `CACHED ${name}` : name);
    }
    for (const { vertex, text } of logs) lines.push(...say(vertex, text));
    return lines;
  }

  function takeText(text: string): string[] {
    const begun = /^Step \d+\/\d+ : (.*)/s.exec(text.trim());
    if (begun) {
      if (current) step(current, current, 'done');
      current = text.trim().replace(/^Step (\S+) : /, '[$1] ');
      names.set(current, current);
      step(current, current, 'running');
      return [current];
    }
    if (/^ ---> Using cache/.test(text)) step(current, current, 'cached');
    if (/^( --->|Removing intermediate|Successfully )/.test(text)) return [];
    return say(current, text);
  }

  return {
    take(message) {
      const parsed = messageSchema.safeParse(message);
      if (!parsed.success) return [];
      const { id: kind, stream, aux } = parsed.data;
      if (kind === 'moby.buildkit.trace' && typeof aux === 'string') return takeTrace(aux);
      if (typeof aux === 'object' && aux.ID) id = aux.ID;
      return stream === undefined ? [] : takeText(stream);
    },
    end: () => [...partial.values()].filter((line) => line.trim() !== ''),
    imageId: () => id,
    failure(reason) {
      const key = failed ?? current;
      const name = names.get(key);
      const shown = name?.startsWith('[internal]') ? undefined : name;
      const output = [...(outputs.get(key) ?? []), ...[partial.get(key) ?? ''].filter(Boolean)].join('\n');
      return { step: shown || undefined, output, line: lineIn(reason) ?? lineOf(file, shown, reason) };
    },
  };
}

/** The classic builder paints what a program says on its error stream. */
const colours = new RegExp(String.raw`${String.fromCharCode(27)}\[[0-9;]*m`, 'g');

/** `dockerfile parse error line 2:` (20.10), `dockerfile parse error on line 2:` (28), `Dockerfile:7`. */
function lineIn(reason: string): number | undefined {
  const match = /parse error(?: on)? line (\d+)|\bDockerfile:(\d+)/i.exec(reason);
  return match ? Number(match[1] ?? match[2]) : undefined;
}

/** Steps are told as they are written, or with their variables put in: then their number in the stage tells. */
function lineOf(file: Dockerfile | undefined, name: string | undefined, reason: string): number | undefined {
  if (!file) return undefined;
  const parts = /^\[(?:(\S+) )?(\d+)\/\d+\] (.*)$/s.exec(name ?? '');
  if (!parts) return missingSource(file, reason);
  const [, stage = '', number = '', command = ''] = parts;
  const exact = file.instructions.filter((one) => plain(written(one)) === plain(command));
  if (exact.length === 1) return exact[0]?.line;
  const counted = stepsOf(file, stage);
  const step = counted[Number(number) - 1];
  return step?.keyword === command.split(' ')[0]?.toUpperCase() ? step?.line : exact[0]?.line;
}

/** `failed to compute cache key: "/nota.txt" not found`. */
function missingSource(file: Dockerfile, reason: string): number | undefined {
  const path = /"\/?([^"]+)":? not found/.exec(reason)?.[1];
  if (path === undefined) return undefined;
  return file.instructions.find(({ keyword, rest }) => /^(COPY|ADD)$/.test(keyword) && rest.includes(path))?.line;
}

const making = new Set(['FROM', 'RUN', 'COPY', 'ADD', 'WORKDIR']);

function stepsOf(file: Dockerfile, stage: string): Instruction[] {
  const starts = file.instructions.flatMap((one, index) => (one.keyword === 'FROM' ? [index] : []));
  const nameAt = (index: number) => / as (\S+)$/i.exec(file.instructions[index]?.rest ?? '')?.[1]?.toLowerCase();
  const start =
    starts.find((index) => nameAt(index) === stage.toLowerCase()) ??
    starts[Number(/^stage-(\d+)$/.exec(stage)?.[1] ?? -1)] ??
    starts.at(-1) ??
    0;
  const end = starts.find((index) => index > start) ?? file.instructions.length;
  return file.instructions.slice(start, end).filter(({ keyword }) => making.has(keyword));
}

function written({ keyword, flags, rest }: Instruction): string {
  return [keyword, ...flags.map(([name, value]) => `--${name}${value && `=${value}`}`), rest].join(' ');
}

function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
