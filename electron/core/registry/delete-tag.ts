// Taking one tag away from a registry, and nothing else: what it named stays under its other tags.
import { createHash } from 'node:crypto';
import { AppError } from '../../../shared/model/errors';
import { type RegistryApi, unreachable } from './api';
import { manifestOf } from './browse';

/**
 * distribution 3 deletes a tag by its name. Version 2 only deletes manifests, with every tag of theirs: there the tag is first led to
 * a manifest that nothing else has, which then goes with it. Throws `not-found`, `registry-unreachable`.
 */
export async function deleteTag(api: RegistryApi, repository: string, tag: string): Promise<void> {
  if (!(await manifestOf(api, repository, tag))) {
    throw new AppError('not-found', `The registry has no ${repository}:${tag}`, {
      params: { what: `${repository}:${tag}` },
      hints: [{ text: `See what there is with: boathouse registry list ${repository}` }],
    });
  }
  const path = `/v2/${repository}/manifests/`;
  const direct = await api.ask(path + tag, { method: 'DELETE' });
  await direct.body?.cancel();
  if (direct.ok) return;
  const digest = await leadAway(api, repository, tag);
  const removed = await api.ask(path + digest, { method: 'DELETE' });
  const words = await removed.text();
  if (!removed.ok) throw unreachable(repository, path + digest, `HTTP ${removed.status}: ${words.slice(0, 500)}`);
}

/** Puts an image of this tag's own under the tag. @returns its digest */
async function leadAway(api: RegistryApi, repository: string, tag: string): Promise<string> {
  const config = JSON.stringify({ architecture: 'amd64', os: 'linux', author: `boathouse ${tag} ${Date.now()}` });
  const configDigest = `sha256:${createHash('sha256').update(config).digest('hex')}`;
  const begun = await api.ask(`/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  const location = new URL(begun.headers.get('location') ?? '', 'http://registry');
  await begun.body?.cancel();
  location.searchParams.set('digest', configDigest);
  const stored = await api.ask(location.pathname + location.search, {
    method: 'PUT',
    type: 'application/octet-stream',
    body: config,
  });
  await stored.body?.cancel();
  const type = 'application/vnd.docker.distribution.manifest.v2+json';
  const mediaType = 'application/vnd.docker.container.image.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType: type,
    config: { mediaType, size: Buffer.byteLength(config), digest: configDigest },
    layers: [],
  });
  const put = await api.ask(`/v2/${repository}/manifests/${tag}`, { method: 'PUT', type, body: manifest });
  const words = await put.text();
  if (!put.ok) throw unreachable(repository, tag, `HTTP ${put.status}: ${words.slice(0, 500)}`);
  return `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
}
