// Files that are copied between this computer and a container, as calls take it and as people write it.
import { z } from 'zod';
import { AppError } from './errors';
import { type NamedTarget, namedTargetSchema, parseTarget } from './pod-target';

const path = z
  .string()
  .min(1)
  .max(4096)
  .refine((text) => !text.includes('\0'), 'no path has a zero byte');

/** Files that are given at once: of more, a path is said. */
export const mostGiven = 200;

export const fileCopySchema = z.object({
  context: z.string().min(1).max(1000),
  /** Of a workload: the first of its pods that runs. */
  target: namedTargetSchema,
  /** Nothing: the one that the pod names as its default, else its first. */
  container: z.string().min(1).max(253).optional(),
  /** Into the container, or out of it. */
  direction: z.enum(['in', 'out']),
  /** A file or folder of this computer: absolute, or from the home directory (`~/site`). */
  here: path,
  /** In the container; from its working directory where it is not absolute. */
  there: path,
  /** Out of it: into what is there already, and over files of the same name. */
  force: z.boolean().default(false),
});
export type FileCopy = z.infer<typeof fileCopySchema>;

/** A path below where it goes: of a folder that was dropped, as it was in it. */
const below = path.refine(
  (text) => !text.startsWith('/') && !text.split(/[/\\]/).some((part) => part === '..' || part === ''),
  'this leads out of where it goes',
);

/** Files that only a window has, offered to the core piece by piece: into a container. */
export const filesGivenSchema = fileCopySchema.omit({ direction: true, here: true, force: true }).extend({
  files: z
    .array(z.object({ /** The id by which it is offered. */ file: z.uuid(), path: below }))
    .min(1)
    .max(mostGiven),
});
export type FilesGiven = z.infer<typeof filesGivenSchema>;

/** `deploy/web:/srv`: undefined for a path of this computer. As kubectl takes it: what is before a colon is no Windows drive, and no path. */
export function parsePlace(text: string, namespace: string): { target: NamedTarget; there: string } | undefined {
  const [, word, there] = /^([^:\\]{2,}):(.+)$/s.exec(text) ?? [];
  if (word === undefined || there === undefined || /^[./~]/.test(word)) return undefined;
  return { target: parseTarget(word, namespace), there };
}

/** Which of two words is in a container. Throws `bad-input` unless one of them is. */
export function parseCopy(from: string, to: string, namespace: string) {
  const [source, goal] = [parsePlace(from, namespace), parsePlace(to, namespace)];
  if (source && !goal) return { ...source, direction: 'out', here: to } as const;
  if (goal && !source) return { ...goal, direction: 'in', here: from } as const;
  throw new AppError('bad-input', `One of ${from} and ${to} has to be in a container, the other on this computer`, {
    hints: [{ text: 'Write what is in a container as POD:PATH, such as deploy/web:/srv' }],
  });
}

/** The same by the command line. */
export function copyCommand({ context, target, container, direction, here, there, force }: FileCopy): string {
  const inside = `${target.kind === 'pod' ? '' : `${target.kind}/`}${target.name}:${there}`;
  const words = direction === 'in' ? [here, inside] : [inside, here];
  const more = ['-n', target.namespace, ...(container ? ['-c', container] : []), ...(force ? ['--force'] : [])];
  return ['boathouse', 'cp', context, ...words, ...more].map(quoted).join(' ');
}

function quoted(word: string): string {
  return /^[\w.:@/+~-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
