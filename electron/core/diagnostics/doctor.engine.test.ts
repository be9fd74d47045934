// The doctor on real engines: what it sees is so, and what it mends is mended.
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownLabels } from '../clusters/providers/kubeadm/labels';
import type { WantedCluster } from '../clusters/wanted';
import type { Engine } from '../engine/engine';
import { createTestContainer, openTestEngine, removeTestContainer, testName } from '../engine/testing';
import { nodeImage, openTestCore, type TestCore, testEngine, testEngines } from '../testing/core';
import { docker } from '../testing/programs';
import { portsCheckup } from './checks/ports';
import { watchesCheckup } from './checks/watches';
import { thisComputer } from './computer';
import { readEngineFacts } from './engine-facts';
import { lookInside, nodeImageHere } from './inside';
import { said, surroundingsWith } from './testing/surroundings';

const signal = AbortSignal.timeout(600_000);
const computer = thisComputer(process.platform);

describe.each(testEngines())('$name', ({ host }) => {
  let core: TestCore;
  let engine: Engine;
  beforeAll(async () => {
    core = await openTestCore(host);
    engine = await openTestEngine(host);
  });
  afterAll(() => core.close());

  test('every check comes to a verdict', async () => {
    const checks = await core.client.diagnostics.checks();
    expect(checks.filter(({ verdict }) => verdict === 'unknown')).toEqual([]);
    const ids = checks.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ['engine', 'clock', 'memory', 'disk', 'file-watches', 'subnets', 'proxies', 'ports']) {
      expect(ids.some((each) => each.startsWith(id))).toBe(true);
    }
  });

  test('a plan carries what concerns the create, and nothing that is well', async () => {
    const request = { name: 'bh-doctor-plan', template: { id: 'single' }, image: nodeImage };
    const { findings, warnings } = await core.client.clusters.plan(request);
    expect(findings.filter(({ verdict }) => verdict === 'ok')).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(['version-ended']);
  });

  test('the engine is known to run on this kernel, with the same clock', async () => {
    const facts = await readEngineFacts(engine, computer, signal);
    expect(facts).toMatchObject({ here: true, forwarding: true, limits: true });
    expect(Math.abs(facts.clock?.ahead ?? Number.NaN)).toBeLessThan(2000);
  });

  test('a look from inside of a container sees what this computer says of itself', async () => {
    expect(await nodeImageHere(engine, [], signal)).toMatch(/node:v/);
    const facts = await lookInside(engine, [], signal);
    expect(facts?.instances).toBe(await computer.kernelSetting('fs/inotify/max_user_instances'));
    expect(facts?.watches).toBe(await computer.kernelSetting('fs/inotify/max_user_watches'));
    expect(facts?.freeDisk).toBeGreaterThan(1024 ** 3);
  });

  test('what a deleted cluster has left is found and removed', async () => {
    const name = 'bh-doctor-gone';
    await docker(core, 'volume', 'create', '--label', `${ownLabels.cluster}=${name}`, `${name}-data`);
    const checks = await core.client.diagnostics.checks();
    expect(checks.find(({ id }) => id === `left-over:${name}`)).toMatchObject({
      code: 'left-over',
      params: { name, things: [`${name}-data`] },
      commands: [`docker volume rm ${name}-data`],
    });
    await core.client.diagnostics.fix({ id: `left-over:${name}` });
    const listed = await docker(core, 'volume', 'ls', '--quiet', '--filter', `name=${name}`);
    expect(listed.trim()).toBe('');
  });
});

const first = testEngine('20.10');

describe.skipIf(!first)('who has a port', () => {
  const wanted = (port: number) =>
    ({ name: 'lab', ports: [{ address: '127.0.0.1', port, protocol: 'TCP' }] }) as unknown as WantedCluster;
  const examine = async (port: number) => {
    const engine = await openTestEngine(first?.host);
    return said((await portsCheckup.examineFor?.(surroundingsWith({ engine, computer }), wanted(port))) ?? []);
  };

  test('a process of this computer', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      expect(await examine(port)).toEqual([expect.stringMatching(`problem port-of-process: .*process ${process.pid}`)]);
    } finally {
      server.close();
    }
  });

  test('a container of the engine', async () => {
    const engine = await openTestEngine(first?.host);
    const HostConfig = { PortBindings: { '80/tcp': [{ HostIp: '127.0.0.1', HostPort: '29871' }] } };
    const container = await createTestContainer(engine, 'doctor-port', { ExposedPorts: { '80/tcp': {} }, HostConfig });
    try {
      expect(await examine(29871)).toEqual([
        `warning port-claimed: ${testName('doctor-port')} is stopped, and asks for it when it starts`,
      ]);
      await container.start();
      expect(await examine(29871)).toEqual([`problem port-of-container: ${testName('doctor-port')} publishes it`]);
    } finally {
      await removeTestContainer(engine, 'doctor-port');
    }
  });
});

describe.skipIf(!first)('limits of file watches', () => {
  const file = '/proc/sys/fs/inotify/max_user_instances';

  test('are raised in the kernel by the container that is shown', async () => {
    const engine = await openTestEngine(first?.host);
    const before = await readFile(file, 'utf8');
    // One less than is enough: what runs on the computer meanwhile needs them.
    await writeFile(file, '511');
    try {
      const facts = await readEngineFacts(engine, computer, signal);
      const [finding] = await watchesCheckup.examine({ ...surroundingsWith({ engine, computer }), facts });
      expect(finding?.check.commands?.[0]).toContain('--privileged');
      await finding?.mend?.();
      expect((await readFile(file, 'utf8')).trim()).toBe('512');
    } finally {
      await writeFile(file, before.trim());
    }
  });
});
