// Which Dockerfile builds which image that manifests name. Pure.
import { basename, dirname } from 'node:path/posix';
import type { ProposedArtifact } from '../../../../../shared/model/devloop/proposal';
import { asMap } from './find';

/** Names of images in the containers of any object, without tag and digest, in the order in which they come. */
export function imagesIn(objects: readonly unknown[]): string[] {
  const images = new Set<string>();
  const walk = (value: unknown, key: string) => {
    if (Array.isArray(value)) {
      for (const item of value) {
        const { image } = asMap(item);
        if (/^(initC|ephemeralC|c)ontainers$/.test(key) && typeof image === 'string') images.add(withoutTag(image));
        walk(item, '');
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, below] of Object.entries(value)) walk(below, name);
    }
  };
  for (const object of objects) walk(object, '');
  return [...images];
}

/** `registry:5000/team/web:1.0@sha256:..` is `registry:5000/team/web`. */
export function withoutTag(image: string): string {
  const [name = ''] = image.split('@');
  return name.replace(/:[^/:]*$/, '');
}

/** A Dockerfile with the folder that its build sees, both relative with `/`. */
export interface Buildable {
  dockerfile: string;
  context: string;
}

export interface Matched {
  artifacts: ProposedArtifact[];
  /** Images that nothing here builds. */
  fetched: string[];
}

/** @param folder what a Dockerfile at the top is called after */
export function match(dockerfiles: readonly Buildable[], images: readonly string[], folder: string): Matched {
  const left = new Set(images);
  const artifacts = new Map<Buildable, ProposedArtifact>();
  const take = (file: Buildable, image: string, namedBy: ProposedArtifact['namedBy']) => {
    left.delete(image);
    artifacts.set(file, { image, ...file, namedBy });
  };
  // The nearer the name, the earlier the choice: `web` for Dockerfile.web or web/Dockerfile, then `shop-web`.
  for (const fits of [sameName, endOfName]) {
    for (const file of dockerfiles) {
      if (artifacts.has(file)) continue;
      const image = [...left].find((one) => wordsOf(file, folder).some((word) => fits(basename(one), word)));
      if (image) take(file, image, 'manifest');
    }
  }
  const open = dockerfiles.filter((file) => !artifacts.has(file));
  const [file] = open;
  const own = [...left].filter((image) => !isPublic(image));
  if (open.length === 1 && file && own.length === 1 && own[0]) take(file, own[0], 'only');
  for (const other of dockerfiles) {
    if (artifacts.has(other)) continue;
    const taken = [...artifacts.values()].map(({ image }) => image);
    take(other, freeName(imageName(wordsOf(other, folder)[0] ?? folder), taken), 'folder');
  }
  const inOrder = dockerfiles.flatMap((one) => artifacts.get(one) ?? []);
  return { artifacts: inOrder, fetched: [...left] };
}

function sameName(image: string, word: string): boolean {
  return image.toLowerCase() === word.toLowerCase();
}

function endOfName(image: string, word: string): boolean {
  return new RegExp(`(^|[-_.])${word.replaceAll(/[^\w]/g, '\\$&')}([-_.]|$)`, 'i').test(image);
}

/** What a Dockerfile may be called after: its suffix, then its folder (of `web/docker/Dockerfile`, `web`, too). */
function wordsOf({ dockerfile }: Buildable, folder: string): string[] {
  const name = basename(dockerfile);
  const suffix =
    /^(?:Dockerfile|Containerfile)[.-]([\w-]+)$/.exec(name)?.[1] ?? /^([\w-]+)\.Dockerfile$/.exec(name)?.[1];
  const folders = dirname(dockerfile)
    .split('/')
    .filter((part) => part !== '.' && !/^(docker|build|deploy|images?)$/.test(part))
    .reverse();
  const meaning = suffix && !/^(dev|prod|development|production|local|test)$/.test(suffix) ? [suffix] : [];
  const named = [...meaning, ...folders];
  return named.length > 0 ? named : [folder];
}

/** Images of Docker Hub's library, and of registries that nobody builds for by hand. */
function isPublic(image: string): boolean {
  return /^(docker\.io\/)?(library\/)?(nginx|redis|postgres|mysql|mariadb|mongo|memcached|rabbitmq|busybox|alpine|debian|ubuntu|node|python|golang|httpd|traefik|nats)$|^(registry\.k8s\.io|quay\.io|mcr\.microsoft\.com)\//.test(
    image,
  );
}

function imageName(word: string): string {
  return (
    word
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '') || 'app'
  );
}

function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.includes(`${name}-${number}`)) return `${name}-${number}`;
}
