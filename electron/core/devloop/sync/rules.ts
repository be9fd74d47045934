// Which changed files go into running containers as they are, and where to; or that only a build will do. Pure.
import { posix } from 'node:path';
import type { Sync } from '../../../../shared/model/devloop/artifact';
import { globMatcher } from '../dependencies/artifact';
import type { FileChange, FileEntry } from '../dependencies/inventory';
import { goPattern, hasWildcard } from '../dependencies/match';
import type { Copy, Needs } from '../dependencies/needs';

export interface SyncPlan {
  /** Path in the context -> absolute paths in containers. */
  readonly copies: ReadonlyMap<string, readonly string[]>;
  /** Absolute paths in containers. */
  readonly deletes: readonly string[];
}

export interface SyncFacts {
  readonly sync: Sync;
  /** Of the Dockerfile, where there is one. */
  readonly needs: Needs | undefined;
  /** As the files are now. */
  readonly entries: ReadonlyMap<string, FileEntry>;
  /** WORKDIR of the image that runs. */
  readonly workdir: string;
}

/** Undefined when one of the changes is not covered by the rules: skaffold builds then, too. */
export function syncPlan(changes: readonly FileChange[], facts: SyncFacts): SyncPlan | undefined {
  const placesOf = facts.sync.kind === 'manual' ? manual(facts) : inferred(facts);
  const copies = new Map<string, readonly string[]>();
  const deletes: string[] = [];
  for (const { path, kind } of changes) {
    const places = placesOf(path);
    if (places.length === 0) return undefined;
    if (kind === 'deleted') deletes.push(...places);
    // A link would be followed by some programs that unpack, and not by others.
    else if (facts.entries.get(path)?.kind !== 'file') return undefined;
    else copies.set(path, places);
  }
  return { copies, deletes };
}

/** skaffold: the path in the context stays whole below `dest`, less what `strip` says. */
function manual({ sync, workdir }: SyncFacts): (path: string) => string[] {
  const rules = sync.kind === 'manual' ? sync.rules : [];
  const ready = rules.map((rule) => ({ ...rule, matches: globMatcher([rule.src.replace(/^\.\//, '')]) }));
  return (path) =>
    ready
      .filter(({ matches }) => matches(path))
      .map(({ dest, strip }) => {
        const kept = strip && path.startsWith(strip) ? path.slice(strip.length) : path;
        return posix.resolve(workdir || '/', posix.join(dest, kept));
      });
}

/** Files that match a pattern, to where COPY of the last stage puts them. */
function inferred({ sync, needs, workdir }: SyncFacts): (path: string) => string[] {
  const matches = globMatcher(sync.kind === 'infer' ? sync.patterns.map((one) => one.replace(/^\.\//, '')) : []);
  const copies = needs?.copies ?? [];
  return (path) => {
    if (!matches(path)) return [];
    // What another stage is made from, or a mount of RUN, changes more than the file itself.
    const others = copies.filter(({ inTarget, kind }) => !inTarget || kind === 'RUN');
    if (others.some((copy) => copy.sources.some((source) => below(source, path) !== undefined))) return [];
    const own = copies.filter(({ inTarget, kind }) => inTarget && kind !== 'RUN');
    return own.flatMap((copy) => placesBy(copy, path, workdir));
  };
}

const archive = /\.(tar|tgz|tar\.(gz|bz2|xz|zst)|tbz2?|txz)$/;

function placesBy(copy: Copy, path: string, workdir: string): string[] {
  const { destination, sources, kind } = copy;
  if (destination === undefined || (kind === 'ADD' && archive.test(path))) return [];
  return sources.flatMap((source) => {
    const rest = below(source, path);
    if (rest === undefined) return [];
    const into = destination.endsWith('/') ? destination : `${destination}/`;
    // Of a folder its content is copied; a file keeps its name only in a folder.
    const place = rest !== '' ? into + rest : destination.endsWith('/') ? into + posix.basename(path) : destination;
    return [posix.resolve(workdir || '/', place)];
  });
}

/** What of a path is below a source; '' when it is the source itself; undefined when it is not of it. */
function below(source: string, path: string): string | undefined {
  if (source === '.') return path;
  if (!hasWildcard(source))
    return path === source ? '' : path.startsWith(`${source}/`) ? path.slice(source.length + 1) : undefined;
  const pattern = goPattern(source);
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    if (pattern.test(path.slice(0, end))) return end === path.length ? '' : path.slice(end + 1);
  }
  return undefined;
}
