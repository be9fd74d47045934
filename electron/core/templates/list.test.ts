// The templates and samples that come with the product: complete, in both languages, and consistent with each other.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { catalogue } from '../clusters/providers/kubeadm/catalogue';
import { imageFor } from '../clusters/providers/kubeadm/node-image';
import { findTemplate, listTemplates, readTemplates } from './list';

const resources = join(import.meta.dirname, '../../../resources');
const nowhere = { config: '/nowhere', state: '/nowhere', cache: '/nowhere' };
const options = { resources, directories: nowhere };

describe('listTemplates', () => {
  it('has them with the smallest and plainest first', async () => {
    const templates = await listTemplates(options);
    expect(
      templates.map(({ template, origin }) => [
        template.metadata.id,
        origin,
        ...template.spec.nodes.map(({ role, count }) => `${count} ${role}`),
      ]),
    ).toEqual([
      ['single', 'built-in', '1 control-plane'],
      ['previous-version', 'built-in', '1 control-plane'],
      ['bring-your-own-cni', 'built-in', '1 control-plane', '1 worker'],
      ['ingress-ready', 'built-in', '1 control-plane', '1 worker'],
      ['registry-mirrors', 'built-in', '1 control-plane', '1 worker'],
      ['k3s-light', 'built-in', '1 control-plane', '1 worker'],
      ['three-node', 'built-in', '1 control-plane', '2 worker'],
      ['quickstart', 'built-in', '1 control-plane', '2 worker'],
      ['workshop', 'built-in', '1 control-plane', '2 worker'],
      ['highly-available', 'built-in', '3 control-plane', '2 worker'],
    ]);
  });

  it('has words for each in English and Chinese, and a comment to learn from', async () => {
    const words = { en: expect.stringMatching(/[a-z]/), 'zh-CN': expect.stringMatching(/\p{Script=Han}/u) };
    for (const { template, yaml } of await listTemplates(options)) {
      const { title, description, documentation } = template.metadata;
      expect({ title, description, documentation }).toEqual({
        title: words,
        description: words,
        documentation: words,
      });
      for (const parameter of template.spec.parameters) {
        expect(Object.keys(parameter.title ?? {})).toEqual(['en', 'zh-CN']);
        expect(parameter).toMatchObject({ description: words });
      }
      expect(yaml).toMatch(/^# .+\n#\n/);
    }
  });

  it('has nothing in them that is wrong, doubtful, or cannot be made', async () => {
    for (const { id, problems, unsupported } of await readTemplates(options)) {
      expect({ id, problems, unsupported }).toEqual({ id, problems: [], unsupported: [] });
    }
  });

  it('names versions that the catalogue has: the previous one is the one before the newest', async () => {
    for (const { template } of await listTemplates(options)) {
      expect(imageFor(template.spec.kubernetes).reference).toMatch(/@sha256:/);
    }
    const { template } = await findTemplate(options, 'previous-version');
    const { kubernetesVersion } = imageFor(template.spec.kubernetes);
    expect(kubernetesVersion).toBe(catalogue[1]?.kubernetesVersion);
  });

  it('names samples that are there and that take the image', async () => {
    for (const { template } of await listTemplates(options)) {
      if (!template.spec.sample) continue;
      const manifest = await readFile(join(resources, 'samples', template.spec.sample.manifest), 'utf8');
      expect(manifest).toContain('{{ image }}');
      expect(manifest.replaceAll('{{ image }}', '')).not.toContain('{{');
    }
  });
});

describe('findTemplate', () => {
  it('gives the template with its text', async () => {
    const { template, yaml } = await findTemplate(options, 'single');
    expect(template.metadata.id).toBe('single');
    expect(yaml).toBe(await readFile(join(resources, 'templates', 'single.yaml'), 'utf8'));
  });

  it('says which there are, and which one was probably meant', async () => {
    await expect(findTemplate(options, 'quikstart')).rejects.toMatchObject({
      code: 'template-unknown',
      params: {
        id: 'quikstart',
        nearest: 'quickstart',
        known: expect.stringContaining('single, previous-version, '),
      },
      hints: [{ text: 'Did you mean quickstart?' }, { text: expect.stringContaining('single, previous-version, ') }],
    });
    await expect(findTemplate(options, '../secret')).rejects.toMatchObject({ hints: [{}] });
  });
});

it('the sample hello runs without privileges, in its own namespace, with small limits', async () => {
  const text = await readFile(join(resources, 'samples', 'hello.yaml'), 'utf8');
  const objects = parseAllDocuments(text.replaceAll('{{ image }}', 'busybox:1')).map((document) => document.toJS());
  expect(objects.map((object) => `${object.apiVersion} ${object.kind} ${object.metadata.namespace ?? ''}`)).toEqual([
    'v1 Namespace ',
    'v1 ConfigMap hello',
    'apps/v1 Deployment hello',
    'v1 Service hello',
  ]);
  const { template, selector, replicas } = objects[2].spec;
  const [container] = template.spec.containers;
  expect(replicas).toBe(2);
  expect(template.metadata.labels).toMatchObject(selector.matchLabels);
  expect(objects[3].spec.selector).toEqual(selector.matchLabels);
  expect(template.spec.securityContext).toMatchObject({ runAsNonRoot: true });
  expect(container).toMatchObject({
    image: 'busybox:1',
    imagePullPolicy: 'IfNotPresent',
    readinessProbe: { periodSeconds: 1 },
    securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
    resources: { limits: { memory: '32Mi' } },
  });
});
