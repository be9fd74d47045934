// The desktop's own addresses: `app://boathouse/...`, which file each means, and where a window may go from there.
import { extname, join, normalize, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const scheme = 'app';
export const origin = `${scheme}://boathouse`;
export const startPage = `${origin}/index.html`;

/** Sites that links may open in the user's browser: where our hints and the pages of the projects we speak of lie. */
const sites = ['boathouse.dev', 'docker.com', 'github.com', 'k8s.io', 'kubernetes.io', 'sigs.k8s.io'];

/**
 * The file for one of our addresses; undefined for addresses of others and for whatever would lead out of the folder.
 * @param folder the built renderer
 */
export function fileFor(address: string, folder: string): string | undefined {
  if (!isOwn(address)) return undefined;
  let path: string;
  try {
    path = decodeURIComponent(new URL(address).pathname);
  } catch {
    return undefined; // A stray %: no file of ours has one.
  }
  if (path.includes('\0') || path.includes('\\')) return undefined;
  const root = normalize(folder + sep);
  const file = join(root, path === '/' ? 'index.html' : path);
  return file.startsWith(root) && extname(file) !== '' ? file : undefined;
}

/** Whether an address is a page or file of the app itself. */
export function isOwn(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // Node gives unknown schemes the origin "null": protocol and host are compared instead.
  return url?.protocol === `${scheme}:` && url.host === 'boathouse' && url.username === '';
}

/** Whether a link may be handed to the user's browser: https, and a site of the list or below it. */
export function mayOpenOutside(address: string): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (isDashboard(url)) return true;
  if (url?.protocol !== 'https:' || url.username !== '' || url.port !== '') return false;
  return sites.some((site) => url.hostname === site || url.hostname.endsWith(`.${site}`));
}

/** Whether a link leads to what a forward of ours serves on this computer. */
export function isForward(address: string, isForwarded: (port: number) => boolean): boolean {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.hostname !== '127.0.0.1' || url.username !== '') return false;
  return isForwarded(Number(url.port || (url.protocol === 'https:' ? 443 : 80)));
}

/** The way in to a dashboard that the core has opened: only its entry, which takes nothing but an invitation. */
function isDashboard(url: URL | undefined): boolean {
  const here = url?.protocol === 'http:' && url.hostname === '127.0.0.1' && url.username === '';
  return here && url.pathname === '/.boathouse/open' && url.search === '';
}

/** Screens, and what is shown on them: names only, no queries. */
const places =
  /^boathouse:\/\/((?:clusters|new|templates|images|dev|kubeconfig|doctor|settings|help)(?:\/[a-zA-Z0-9][\w.@:-]{0,252}){0,2})\/?$/;

/**
 * The page that a link from outside (`boathouse://clusters/shop/nodes`, `boathouse://new/three-node`, `boathouse://doctor`,
 * `boathouse://template?url=https%3A%2F%2F...`) opens: the start page for all that is not known. Links only show; none of them
 * does anything: the page of a template's link shows the address and asks.
 */
export function pageForLink(link: string): string {
  const place = places.exec(link)?.[1];
  if (place) return `${startPage}#/${place}`;
  const address = templateAddress(link);
  return address ? `${startPage}#/templates/import?url=${encodeURIComponent(address)}` : startPage;
}

/** The page that a template's file opens: a look at it, and the question whether it is kept. */
export function pageForFile(file: string): string {
  return `${startPage}#/templates/import?file=${encodeURIComponent(file)}`;
}

/**
 * The page for the words that the program was started with: one of its links, or a template's file, which a file manager hands over
 * as a path or as a `file:` address. Undefined when there is neither.
 * @param folder where the words were written: paths may begin there
 */
export function pageForWords(words: readonly string[], folder: string): string | undefined {
  const link = words.find((word) => word.startsWith('boathouse://'));
  if (link) return pageForLink(link);
  const file = words.find((word) => word.endsWith('.boathouse'));
  if (file === undefined) return undefined;
  try {
    return pageForFile(file.startsWith('file:') ? fileURLToPath(file) : resolve(folder, file));
  } catch {
    return undefined; // A file: address of another computer.
  }
}

/** The https address in a link to a template; undefined for any other link. */
function templateAddress(link: string): string | undefined {
  const query = /^boathouse:\/\/template\/?\?(.{1,4000})$/.exec(link)?.[1];
  const address = query === undefined ? null : new URLSearchParams(query).get('url');
  if (address === null || address.length > 2000 || !URL.canParse(address)) return undefined;
  return new URL(address).protocol === 'https:' ? new URL(address).href : undefined;
}

/** Headers of every file. `style-src` allows inline styles because Mantine writes its theme into a style element. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
