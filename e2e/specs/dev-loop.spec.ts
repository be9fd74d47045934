// The dev loop as a developer meets it: a plain folder becomes a project and a served page; a save, a sync, a broken build, the end.
import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DevPage } from '../pages/dev';
import { expectAccessible } from './support/accessible';
import { boathouse } from './support/product';
import { clusterWithin, expect, test } from './support/test';

const namespace = 'bh-web-devloop';
const dockerfile = `FROM testbed/busybox:1
WORKDIR /www
COPY index.html ./
CMD ["busybox", "httpd", "-f", "-p", "8080", "-h", "/www"]
`;
const manifest = `apiVersion: apps/v1
kind: Deployment
metadata: {name: page}
spec:
  selector: {matchLabels: {app: page}}
  template:
    metadata: {labels: {app: page}}
    spec:
      containers:
        - name: page
          image: bh-web-page
          ports: [{name: http, containerPort: 8080}]
          readinessProbe: {httpGet: {path: /, port: http}}
---
apiVersion: v1
kind: Service
metadata: {name: page}
spec:
  selector: {app: page}
  ports: [{name: http, port: 80, targetPort: http}]
`;

test('a plain folder is served, saved, synced, broken and mended, and leaves nothing', async ({
  app,
  home,
  page,
  neighbour,
}) => {
  const folder = join(home.folder, 'page');
  const write = (path: string, text: string) => writeFile(join(folder, path), text);
  const kubectl = async (...words: string[]) => {
    const program = process.env.BOATHOUSE_TEST_KUBECTL ?? 'kubectl';
    const { stdout } = await promisify(execFile)(program, words, { env: home.environment });
    return stdout;
  };
  await mkdir(join(folder, 'k8s'), { recursive: true });
  await write('Dockerfile', dockerfile);
  await write('index.html', '<h1>One</h1>');
  await write('k8s/page.yaml', manifest);
  const kubeconfig = join(home.folder, 'kubeconfig');
  await writeFile(kubeconfig, await boathouse(home, 'kubeconfig', neighbour));
  const dev = new DevPage(page);
  let address = '';
  const served = async () => (await page.request.get(address)).text();

  await test.step('a folder without skaffold.yaml is proposed as a project, and saved', async () => {
    await app.navigation.getByRole('link', { name: 'Dev loop' }).click();
    await dev.add(folder);
    await expect(dev.main.getByText('- image: bh-web-page')).toBeVisible();
    await dev.main.getByRole('button', { name: 'Save as skaffold.yaml' }).click();
    await expect(dev.main.getByRole('cell', { name: 'bh-web-page' })).toBeVisible();
    // What is proposed names the image, too: that the cell is seen does not say that the file is there.
    await expect
      .poll(() => readFile(join(folder, 'skaffold.yaml'), 'utf8').catch(() => ''))
      .toContain('image: bh-web-page');
  });

  await test.step('started, it is built, runs, and is open in the browser', async () => {
    await dev.start(namespace);
    await expect(dev.row(1)).toContainText(/\d s$/, { timeout: clusterWithin });
    const link = dev.loop.getByRole('link', { name: 'Open page' });
    await expect(link).toBeVisible();
    address = (await link.getAttribute('href')) ?? '';
    expect(await served()).toBe('<h1>One</h1>');
    await expectAccessible(page);
  });

  await test.step('a Dockerfile that breaks is shown at its line until it is mended', async () => {
    await write('Dockerfile', `${dockerfile}RUN false\n`);
    await expect(dev.loop.getByText('Dockerfile:5')).toBeVisible({ timeout: clusterWithin });
    await expect(dev.loop.getByRole('alert')).toHaveCount(1);
    expect(await served()).toBe('<h1>One</h1>');
    await write('index.html', '<h1>Two</h1>');
    await write('Dockerfile', dockerfile);
    await expect(dev.loop.getByRole('alert')).toHaveCount(0, { timeout: clusterWithin });
    await expect.poll(served).toBe('<h1>Two</h1>');
  });

  await test.step('what the project says is synced goes into the running container', async () => {
    const project = await readFile(join(folder, 'skaffold.yaml'), 'utf8');
    await write(
      'skaffold.yaml',
      project.replace('- image: bh-web-page', "- image: bh-web-page\n      sync: {infer: ['*.html']}"),
    );
    const pod = () => kubectl('-n', namespace, 'get', 'pods', '-o', 'name');
    const before = await pod();
    await write('index.html', '<h1>Three</h1>');
    await expect(dev.loop.getByRole('table').getByText('Synced without a build')).toBeVisible({
      timeout: clusterWithin,
    });
    await expect.poll(served).toBe('<h1>Three</h1>');
    expect(await pod()).toBe(before);
  });

  await test.step('stopped, what it deployed is gone', async () => {
    await dev.stopAndDelete();
    await expect(dev.loop.getByText('ended', { exact: true })).toBeVisible({ timeout: clusterWithin });
    expect(await kubectl('-n', namespace, 'get', 'deployments,services', '-o', 'name')).toBe('');
  });
  await kubectl('delete', 'namespace', namespace, '--wait=false');
});
