// Manifests are read from wherever they are, and refused when they are not what the template says.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { manifestSchema } from '../../../../shared/model/template/manifests';
import { readManifests } from './manifests';

const text = 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n';
const url = 'https://harbour.example/crew.yaml';
const signal = new AbortController().signal;
const sha256Of = (content: string) => createHash('sha256').update(content).digest('hex');
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'manifests-'));
  await writeFile(join(folder, 'crew.yaml'), text);
});
afterAll(() => rm(folder, { recursive: true }));

function read(manifests: object[], answer = text) {
  return readManifests(
    manifests.map((one) => manifestSchema.parse(one)),
    signal,
    async (asked) => {
      expect(asked).toBe(url);
      return answer;
    },
  );
}

test('inline, from a file and from an address', async () => {
  const found = await read([
    { name: 'inline', inline: text },
    { name: 'file', file: join(folder, 'crew.yaml') },
    { name: 'url', url, sha256: sha256Of(text) },
  ]);
  const object = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'a' } };
  expect([...found]).toEqual([
    ['inline', [object]],
    ['file', [object]],
    ['url', [object]],
  ]);
});

test('what is not what its sha256 says is refused with both sums', async () => {
  const other = `${text}# and more\n`;
  await expect(read([{ name: 'url', url, sha256: sha256Of(text) }], other)).rejects.toMatchObject({
    code: 'download-differs',
    params: { url, expected: sha256Of(text), actual: sha256Of(other) },
    detail: expect.stringContaining(sha256Of(other)),
  });
});

test('what is downloaded has to be objects of Kubernetes', async () => {
  const page = '<html>not found</html>';
  await expect(read([{ name: 'url', url, sha256: sha256Of(page) }], page)).rejects.toMatchObject({
    code: 'template-invalid',
    message: `The manifest ${url} cannot be used: it is not an object of Kubernetes`,
  });
});
