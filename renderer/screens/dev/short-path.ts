// Paths as people say them: relative to the project they are in.

/** `web/Dockerfile` for what is below `dir`; anything else as it is. A `!` before a pattern stays. */
export function shortPath(dir: string, path: string): string {
  const not = path.startsWith('!') ? '!' : '';
  const bare = path.slice(not.length);
  if (bare === dir) return '.';
  const root = dir.replaceAll('\\', '/').replace(/\/$/, '');
  const written = bare.replaceAll('\\', '/');
  return not + (written.startsWith(`${root}/`) ? written.slice(root.length + 1) : bare);
}
