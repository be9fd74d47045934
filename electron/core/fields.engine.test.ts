// One cluster of a template that asks for as much as it can, and whether each wish has come true on its nodes.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createAuthority, issue } from './clusters/providers/kubeadm/certificate';
import { casesOf } from './templates/testing/cases';
import { nodeImage, openTestCore, refusalOf, succeeded, type TestCore, testEngine } from './testing/core';
import { removeLeftovers } from './testing/leftovers';
import { inNode, kubectl, kubectlJson } from './testing/programs';

const name = 'bh-core-fields';
const [first, worker] = [`${name}-control-plane`, `${name}-worker`] as const;
const authority = createAuthority('company', new Date(Date.now() - 1000), new Date(Date.now() + 86_400_000));

const template = `
apiVersion: boathouse.dev/v1
kind: ClusterTemplate
metadata: {id: fields, title: Fields, description: As many fields as possible}
spec:
  kubernetes: {image: ${nodeImage}}
  nodes:
    - role: control-plane
    - name: disks
      role: worker
      image: ${nodeImage}
      labels: {tier: back}
      mounts:
        - {hostPath: ./inside, containerPath: /inside, readOnly: true}
      patches:
        kubeadm:
          - |
            kind: JoinConfiguration
            nodeRegistration:
              kubeletExtraArgs: {node-labels: "tier=back,patched=yes"}
              taints: [{key: patched, effect: PreferNoSchedule}]
        kubeadmJson6902:
          - group: kubelet.config.k8s.io
            version: v1beta1
            kind: KubeletConfiguration
            patch: '[{op: add, path: /maxPods, value: 42}]'
  mounts:
    - {hostPath: "~/home", containerPath: /home-of-user, nodes: [control-plane, disks]}
  networking:
    dnsSearch: [harbour.example, pier.example]
    apiServer: {address: 127.0.0.9}
    podSubnet: 10.61.0.0/16
    serviceSubnet: 10.62.0.0/16
  images: [testbed/busybox:1]
  environment: {GODEBUG: "x509ignoreCN=0", BOATHOUSE_WORDS: 'with "quotes", 100 % and \\'}
  proxies: {http: "http://127.0.0.1:9", noProxy: [harbour.example]}
  certificates:
    - {name: company, file: company.pem}
  featureGates: {EphemeralContainers: true}
  runtimeConfig: {batch/v2alpha1: "true"}
  patches:
    kubeadm:
      - |
        kind: ClusterConfiguration
        apiServer:
          certSANs: [api.harbour.example]
          extraArgs: {audit-log-maxage: "7"}
    containerd:
      - |
        version = 2
        [plugins."io.containerd.grpc.v1.cri"]
          max_container_log_line_size = 4321
    containerdJson6902:
      - '[{op: add, path: /debug, value: {level: warn}}]'
  manifests:
    - name: kind-of-boat
      inline: |
        apiVersion: harbour.example/v1
        kind: Boat
        metadata: {name: swan, namespace: fleet}
        spec: {sails: 2}
        ---
        apiVersion: apiextensions.k8s.io/v1
        kind: CustomResourceDefinition
        metadata: {name: boats.harbour.example}
        spec:
          group: harbour.example
          names: {kind: Boat, plural: boats, singular: boat}
          scope: Namespaced
          versions:
            - name: v1
              served: true
              storage: true
              schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
        ---
        {apiVersion: v1, kind: Namespace, metadata: {name: fleet}}
      wait:
        - {condition: Established, of: crd/boats.harbour.example}
    - name: crew
      namespace: crew
      file: ./crew.yaml
      wait:
        - {rollout: deployment/crew, timeoutSeconds: 120}
`;

const crew = `
apiVersion: apps/v1
kind: Deployment
metadata: {name: crew}
spec:
  replicas: 1
  selector: {matchLabels: {app: crew}}
  template:
    metadata: {labels: {app: crew}}
    spec:
      terminationGracePeriodSeconds: 0
      containers:
        - {name: crew, image: docker.io/testbed/busybox:1, imagePullPolicy: Never, command: [sleep, "3600"]}
`;

const engine = testEngine('28.5');

describe.skipIf(!engine)('a template that asks for everything', () => {
  let core: TestCore;
  let folder: string;
  const request = () => ({ name, template: { yaml: template, from: 'fields.yaml', folder } });

  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
    folder = join(core.directory, 'templates');
    await removeLeftovers(core, name);
    await Promise.all([mkdir(join(folder, 'inside'), { recursive: true }), mkdir(join(core.directory, 'home'))]);
    await writeFile(join(folder, 'inside', 'seen'), 'from the folder of the template');
    await writeFile(join(folder, 'company.pem'), authority.certificate);
    await writeFile(join(folder, 'crew.yaml'), crew);
    await succeeded(core.client, await core.client.clusters.create(request()));
  });
  afterAll(async () => {
    await removeLeftovers(core, name);
    await core.close();
  });

  test('mounts are seen where they were wanted, and read-only ones cannot be written', async () => {
    expect(await inNode(core, worker, 'cat', '/inside/seen')).toBe('from the folder of the template');
    await expect(inNode(core, worker, 'touch', '/inside/new')).rejects.toThrow(/Read-only/);
    await inNode(core, worker, 'touch', '/home-of-user/from-worker');
    expect(await inNode(core, first, 'ls', '/home-of-user')).toBe('from-worker');
    await expect(inNode(core, first, 'ls', '/inside')).rejects.toThrow(/No such file/);
  });

  test('the environment reaches the nodes and the services in them, with its quotes', async () => {
    const words = 'with "quotes", 100 % and \\';
    expect(await inNode(core, worker, 'printenv', 'BOATHOUSE_WORDS')).toBe(words);
    for (const program of ['containerd', 'kubelet']) {
      const script = `tr '\\0' '\\n' </proc/$(pgrep -x -o ${program})/environ | grep ^BOATHOUSE_WORDS`;
      expect(await inNode(core, worker, 'bash', '-c', script)).toBe(`BOATHOUSE_WORDS=${words}`);
    }
  });

  test('proxies are the template’s, and the cluster itself is reached without', async () => {
    expect(await inNode(core, first, 'printenv', 'HTTP_PROXY')).toBe('http://127.0.0.1:9');
    const none = (await inNode(core, first, 'printenv', 'no_proxy')).split(',');
    for (const direct of ['harbour.example', '10.61.0.0/16', '10.62.0.0/16', worker, '.svc']) {
      expect(none).toContain(direct);
    }
  });

  test('search domains stand in resolv.conf', async () => {
    const lines = await inNode(core, first, 'grep', '^search', '/etc/resolv.conf');
    expect(lines).toBe('search harbour.example pier.example');
  });

  test('patches of the kubelet, labels and taints count for their pool alone', async () => {
    const served = await kubectl(core, name, 'get', '--raw', `/api/v1/nodes/${worker}/proxy/configz`);
    expect(JSON.parse(served)).toMatchObject({ kubeletconfig: { maxPods: 42 } });
    interface Node {
      metadata: { name: string; labels: Record<string, string> };
      spec: { taints?: { key: string }[]; podCIDR: string };
    }
    const { items } = await kubectlJson<{ items: Node[] }>(core, name, 'get', 'nodes');
    const [plane, other] = ['control-plane', 'worker'].map((role) =>
      items.find(({ metadata }) => metadata.name === `${name}-${role}`),
    );
    expect(other?.metadata.labels).toMatchObject({ tier: 'back', patched: 'yes' });
    expect(other?.spec.taints?.map(({ key }) => key)).toEqual(['patched']);
    expect(plane?.metadata.labels).not.toHaveProperty('patched');
    expect([plane?.spec.podCIDR, other?.spec.podCIDR]).toEqual(['10.61.0.0/24', '10.61.1.0/24']);
  });

  test('feature gates, APIs and patched arguments are the API server’s', async () => {
    const words = (
      await inNode(core, first, 'bash', '-c', "tr '\\0' '\\n' </proc/$(pgrep -x -o kube-apiserver)/cmdline")
    ).split('\n');
    expect(words).toEqual(
      expect.arrayContaining([
        '--feature-gates=EphemeralContainers=true',
        '--runtime-config=batch/v2alpha1=true',
        '--audit-log-maxage=7',
        '--service-cluster-ip-range=10.62.0.0/16',
      ]),
    );
    expect(await kubectl(core, name, 'api-versions')).toMatch(/^batch\/v2alpha1$/m);
  });

  test('the API is served at the wanted address, with a certificate for it and for the patched name', async () => {
    const cluster = await core.client.clusters.get({ name });
    expect(cluster.apiServer).toMatch(/^https:\/\/127\.0\.0\.9:\d+$/);
    expect(await kubectl(core, name, 'config', 'view', '-o', 'jsonpath={.clusters[0].cluster.server}')).toBe(
      cluster.apiServer,
    );
    const names = await inNode(
      core,
      first,
      'bash',
      '-c',
      'openssl x509 -noout -ext subjectAltName </etc/kubernetes/pki/apiserver.crt',
    );
    for (const one of ['DNS:api.harbour.example', 'IP Address:127.0.0.9', 'IP Address:10.62.0.1']) {
      expect(names).toContain(one);
    }
  });

  test('containerd runs with its patches', async () => {
    for (const node of [first, worker]) {
      const config = await inNode(core, node, 'bash', '-c', 'containerd config dump');
      expect(config).toContain('max_container_log_line_size = 4321');
      expect(config).toMatch(/\[debug\][^[]*level = "warn"/);
    }
  });

  test('a server with a certificate of the company is trusted, by containerd’s trust too', async () => {
    const pair = issue(authority, {
      subject: { commonName: 'pier' },
      usages: ['server'],
      alternativeNames: ['localhost'],
      notAfter: new Date(Date.now() + 86_400_000),
    });
    const bundle = Buffer.from(`${pair.certificate}${pair.key}`).toString('base64');
    const script = `
      echo ${bundle} | base64 -d >/root/pier.pem
      openssl s_server -accept 9443 -cert /root/pier.pem -key /root/pier.pem -www -quiet & server=$!
      trap 'kill $server' EXIT
      for i in $(seq 50); do curl -s --noproxy '*' https://localhost:9443/ >/dev/null && echo trusted && break; sleep 0.1; done
      stat -c %Y /etc/ssl/certs/ca-certificates.crt
      stat -c %Y /proc/$(pgrep -x -o containerd)`;
    const [word, bundleAt, containerdAt] = (await inNode(core, worker, 'bash', '-c', script)).split('\n');
    expect(word).toBe('trusted');
    expect(Number(containerdAt)).toBeGreaterThanOrEqual(Number(bundleAt));
  });

  test('images are on every node, and manifests are applied and ready', async () => {
    for (const node of [first, worker]) {
      expect(await inNode(core, node, 'ctr', '-n', 'k8s.io', 'images', 'ls', '-q')).toContain(
        'docker.io/testbed/busybox:1',
      );
    }
    expect(await kubectl(core, name, '-n', 'fleet', 'get', 'boat', 'swan', '-o', 'jsonpath={.spec.sails}')).toBe('2');
    const ready = ['-n', 'crew', 'get', 'deployment', 'crew', '-o', 'jsonpath={.status.readyReplicas}'];
    expect(await kubectl(core, name, ...ready)).toBe('1');
  });

  test('stopped and started all of it holds', async () => {
    await succeeded(core.client, await core.client.clusters.stop({ name }));
    expect((await core.client.clusters.list()).find((one) => one.name === name)?.apiServer).toMatch(/127\.0\.0\.9/);
    await succeeded(core.client, await core.client.clusters.start({ name }));
    expect((await core.client.clusters.get({ name })).state).toBe('running');
    expect(await inNode(core, worker, 'cat', '/inside/seen')).toBe('from the folder of the template');
  });
});

describe.skipIf(!engine)('a configuration of kind', () => {
  let core: TestCore;
  beforeAll(async () => {
    core = await openTestCore(engine?.host ?? '');
  });
  afterAll(() => core.close());

  test.each(casesOf('kind').filter(({ invalidAt }) => invalidAt === undefined))(
    'becomes a template of which there is a plan: $name',
    async ({ name: from, text }) => {
      const { yaml = '', problems } = await core.client.templates.import({ text, from });
      expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
      const request = { name: 'bh-core-planned', template: { yaml, from } };
      const gone = [...text.matchAll(/hostPath: *([^\s,}]+)/g)]
        .map((match) => match[1] ?? '')
        .filter((path) => !existsSync(path));
      if (gone.length > 0) {
        const { code, detail } = await refusalOf(core.client.clusters.plan(request));
        expect([code, detail]).toEqual(['template-invalid', expect.stringContaining(`there is nothing at ${gone[0]}`)]);
        return;
      }
      const { plan } = await core.client.clusters.plan(request);
      expect(plan.steps.map(({ kind }) => kind)).toContain('kubeconfig-write');
    },
  );
});
