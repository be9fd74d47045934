// For tests and benches of the dev loop: a project that serves one page, in a folder, and its loop followed live.
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Client } from '../../../shared/contract';
import type { Change, Loop } from '../../../shared/model/devloop/loop';
import { applyFeed, emptyFeed } from '../../../shared/model/feed';
import { createWakeUp } from '../live/signal';

export const dockerfile =
  'FROM testbed/busybox:1\nWORKDIR /src\nCMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/src"]\nCOPY src /src\n';

/** A Deployment and a Service `web` of an image; the Service leaves out what has a default. */
export const manifest = (image: string) => `apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: web
          image: ${image}
          imagePullPolicy: Always
          readinessProbe: {httpGet: {path: /page.txt, port: 8080}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
`;

/** A ConfigMap, to be put behind the others. */
export const settings = `---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {a: one}\n`;

export const skaffold = (image: string, sync = '') => `apiVersion: skaffold/v4beta11
kind: Config
metadata: {name: web}
build:
  artifacts:
    - image: ${image}
${sync && `      sync: ${sync}\n`}manifests: {rawYaml: [k8s.yaml]}
`;

export interface DevProject {
  readonly dir: string;
  /** As editors do it: written beside, and put in its place. */
  write(path: string, text: string): Promise<void>;
  /** What it serves as `/page.txt`. */
  page(text: string): Promise<void>;
}

/** Writes one that serves `first`. */
export async function createDevProject(dir: string, image: string, first: string): Promise<DevProject> {
  const write = async (path: string, text: string) => {
    const file = join(dir, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.part~`, text);
    await rename(`${file}.part~`, file);
  };
  const page = (text: string) => write('src/page.txt', text);
  await page(first);
  await write('.dockerignore', '**/*~\n');
  await write('Dockerfile', dockerfile);
  await write('k8s.yaml', manifest(image));
  await write('skaffold.yaml', skaffold(image));
  return { dir, write, page };
}

export interface FollowedLoop {
  now(): Loop | undefined;
  /** Throws when it has not come to that within `seconds`, with what it came to instead. */
  until(enough: (loop: Loop) => boolean, seconds?: number): Promise<Loop>;
  /** When a change after that of the number `after` has ended, and nothing more is done. */
  settled(after: number, state?: Change['state']): Promise<Loop>;
  close(): void;
}

/** Follows the loop of an id from now on. */
export function followLoop(client: Client, id: string): FollowedLoop {
  const stop = new AbortController();
  let loop: Loop | undefined;
  let change = createWakeUp();
  const follow = async () => {
    let feed = emptyFeed<Loop>();
    for await (const message of await client.loops.watch(undefined, { signal: stop.signal })) {
      feed = applyFeed(feed, message, (one) => one.id);
      loop = feed.items.get(id);
      const before = change;
      change = createWakeUp();
      before.wake();
    }
  };
  void follow().catch(() => {});
  const until: FollowedLoop['until'] = async (enough, seconds = 120) => {
    const deadline = AbortSignal.timeout(seconds * 1000);
    const over = new Promise<void>((resolve) => deadline.addEventListener('abort', () => resolve(), { once: true }));
    for (;;) {
      const next = change.promise;
      if (loop && enough(loop)) return loop;
      if (deadline.aborted) throw new Error(`It did not come to that within ${seconds} s: ${JSON.stringify(loop)}`);
      await Promise.race([next, over]);
    }
  };
  return {
    now: () => loop,
    until,
    settled: (after, state) =>
      until(({ changes, ...now }) => {
        const [last] = changes;
        const fits = last && last.number > after && (state === undefined || last.state === state);
        return now.state === 'watching' && !!fits && last.state !== 'running';
      }),
    close: () => stop.abort(),
  };
}
