// For tests: an image under a dashboard's name whose web server shows the headers that it was sent. No dashboard can be pulled on the testbed.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TestCore } from './core';
import { docker } from './programs';

/** Headlamp's name and version as our manifest has them, and the port that it listens on. */
export const dashboardImage = 'ghcr.io/headlamp-k8s/headlamp:v0.45.0';
const port = 4466;

const serve = `#!/bin/sh
read -r line
head=
while read -r header; do
  header=$(printf %s "$header" | tr -d '\\r')
  [ -n "$header" ] || break
  head="$head$header
"
done
body="<!doctype html><title>Stand-in</title><h1>Signed in</h1><pre>$line
$head</pre>"
printf 'HTTP/1.1 200 OK\\r\\nContent-Type: text/html\\r\\nConnection: close\\r\\nSet-Cookie: boathouse-1=stolen\\r\\nContent-Length: %s\\r\\n\\r\\n%s' "\${#body}" "$body"
`;

/** Builds it on the core's engine. */
export async function buildDashboardImage(core: Pick<TestCore, 'environment' | 'directory'>): Promise<void> {
  const folder = join(core.directory, 'dashboard-image');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'serve'), serve, { mode: 0o755 });
  // An engine with containerd's store has only unpacked what has run; the old builder copies into nothing else.
  await writeFile(
    join(folder, 'Dockerfile'),
    `FROM testbed/busybox:1\nRUN true\nCOPY serve /serve\nENTRYPOINT ["busybox", "nc", "-ll", "-p", "${port}", "-e", "/serve"]\n`,
  );
  await docker(core as TestCore, 'build', '-q', '-t', dashboardImage, folder);
}

/** Takes it off the engine again; nodes keep theirs. */
export async function removeDashboardImage(core: Pick<TestCore, 'environment' | 'directory'>): Promise<void> {
  await docker(core as TestCore, 'rmi', '--force', dashboardImage);
}
