// Projects that were opened: kept on disk, the latest first, seen by every process.
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { RememberedProject } from '../../../../shared/model/devloop/proposal';
import { applyFeed, emptyFeed } from '../../../../shared/model/feed';
import { rememberedProjects } from './remembered';
import { folderWith } from './testing/folder';

function projectsIn(state: string) {
  const disposed = new AbortController();
  onTestFinished(() => disposed.abort());
  const directories = { state, config: state, cache: state };
  return { projects: rememberedProjects({ directories, log: () => {} }, disposed.signal), disposed };
}

it('are kept, the latest first, and forgotten', async () => {
  const dir = folderWith({ 'a/x': '', 'b/x': '' });
  const { projects } = projectsIn(join(dir, 'state'));
  await projects.remember({ dir: join(dir, 'a'), name: 'a', profiles: ['fast'] });
  await projects.remember({ dir: join(dir, 'b'), name: 'b', profiles: [] });
  await projects.remember({ dir: join(dir, 'a'), name: 'a', profiles: [], context: 'kind-shop' });
  const again = projectsIn(join(dir, 'state')).projects;
  expect((await again.list()).map(({ name, context, profiles }) => [name, context, profiles])).toEqual([
    ['a', 'kind-shop', []],
    ['b', undefined, []],
  ]);
  await again.forget(join(dir, 'a'));
  expect((await projects.list()).map(({ name }) => name)).toEqual(['b']);
  await expect(projects.remember({ dir: join(dir, 'gone'), name: 'x', profiles: [] })).rejects.toMatchObject({
    code: 'not-found',
  });
});

it('are seen by another process as they come', async () => {
  const dir = folderWith({ 'a/x': '' });
  const here = projectsIn(join(dir, 'state')).projects;
  const there = projectsIn(join(dir, 'state'));
  const watching = there.projects.watch(there.disposed.signal);
  let feed = emptyFeed<RememberedProject>();
  const next = async () => {
    const { value } = await watching.next();
    if (value) feed = applyFeed(feed, value, (project) => project.dir);
    return [...feed.items.values()].map(({ name }) => name);
  };
  expect(await next()).toEqual([]);
  await here.remember({ dir: join(dir, 'a'), name: 'a', profiles: [] });
  expect(await next()).toEqual(['a']);
});
