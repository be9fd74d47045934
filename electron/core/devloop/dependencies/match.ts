// Paths against the patterns of COPY: Go's `filepath.Match`, in which nothing but a slash matches a slash. Pure.

export function hasWildcard(pattern: string): boolean {
  return /[*?[\\]/.test(pattern);
}

/** Matches the whole path. A pattern that Go refuses matches itself only. */
export function goPattern(pattern: string): RegExp {
  let source = '';
  for (let at = 0; at < pattern.length; at += 1) {
    const letter = pattern[at] ?? '';
    if (letter === '*') source += '[^/]*';
    else if (letter === '?') source += '[^/]';
    else if (letter === '\\') {
      at += 1;
      source += literal(pattern[at] ?? '\\');
    } else if (letter === '[') {
      const end = classEnd(pattern, at);
      if (end < 0) return new RegExp(`^${literal(pattern)}$`, 's');
      const inside = pattern.slice(at + 1, end);
      const negated = inside.startsWith('^');
      const body = (negated ? inside.slice(1) : inside).replace(/\\?(.)/g, (whole, one) =>
        whole.startsWith('\\') || one === '[' || one === '^' ? `\\${one}` : one,
      );
      source += `(?!/)[${negated ? '^' : ''}${body}]`;
      at = end;
    } else source += literal(letter);
  }
  try {
    return new RegExp(`^${source}$`, 's');
  } catch {
    return new RegExp(`^${literal(pattern)}$`, 's');
  }
}

function classEnd(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at += 1;
  for (let first = true; at < pattern.length; at += 1, first = false) {
    if (pattern[at] === '\\') at += 1;
    else if (pattern[at] === ']' && !first) return at;
  }
  return -1;
}

function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * Whether a path (relative, with slashes) is taken by one of the sources: it, or a folder that it is in, matches. `.` takes all.
 */
export function sourceMatcher(sources: readonly string[]): (path: string) => boolean {
  if (sources.includes('.')) return () => true;
  const plain = new Set(sources.filter((source) => !hasWildcard(source)));
  const patterns = sources.filter(hasWildcard).map(goPattern);
  return (path) => {
    for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
      const part = path.slice(0, end);
      if (plain.has(part) || patterns.some((pattern) => pattern.test(part))) return true;
    }
    return false;
  };
}

/** The folders below which everything that sources can take lies, none inside another; '' is all. */
export function rootsOf(sources: readonly string[]): string[] {
  const fixed = sources.map((source) => {
    if (source === '.') return '';
    const parts = source.split('/');
    const wild = parts.findIndex(hasWildcard);
    return (wild < 0 ? parts : parts.slice(0, wild)).join('/');
  });
  const all = [...new Set(fixed)];
  return all
    .filter((one) => !all.some((other) => other !== one && (other === '' || one.startsWith(`${other}/`))))
    .sort();
}
