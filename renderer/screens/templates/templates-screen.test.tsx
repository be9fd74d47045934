// @vitest-environment jsdom
// Templates: the gallery with its search, the reader, copies and deletions that can be undone, and texts handed on.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { entryOf, sampleBroken, sampleClass, sampleTemplates } from '../../app/stand-in-templates';
import { populated } from '../../app/stand-in-worlds';

const mine = entryOf((sampleTemplates[0]?.yaml ?? '').replace('id: single', 'id: mine'), 'file');
const withOwn = () => populated({ templates: [...sampleTemplates, sampleClass, mine] });
const article = async (name: string) => within(await screen.findByRole('article', { name }));

it('reads out the chosen template and leads to a cluster from it', async () => {
  const user = renderApp(createStandIn(populated()), '#/templates/quickstart');
  const reader = await article('Quick start');
  reader.getByText('1 control plane and 2 workers');
  reader.getByText('1.4 GB of memory, of 15.5 GB in this computer');
  reader.getByText('10.244.0.0/16');
  await user.click(reader.getByRole('tab', { name: 'YAML' }));
  expect(reader.getByRole('region', { name: 'The template as YAML' }).textContent).toContain('id: quickstart');
  expect(reader.getByRole('link', { name: 'Create a cluster' }).getAttribute('href')).toBe('#/new/quickstart');
  await user.click(screen.getByRole('link', { name: /^Single node/ }));
  (await article('Single node')).getByText('1 control plane');
});

it('tells of parameters, and shows documentation without anything that acts or is fetched', async () => {
  renderApp(createStandIn(withOwn()), '#/templates/class');
  const reader = await article('Class');
  const rows = within(reader.getByRole('region', { name: 'What can be set' })).getAllByRole('row');
  expect(rows.map((row) => row.textContent)).toContain('Team teamto be given');
  await reader.findByText('ready');
  expect(reader.getByRole('link', { name: 'http://localhost:8080' }).getAttribute('rel')).toContain('noopener');
  expect(reader.queryByRole('link', { name: 'elsewhere' })).toBeNull();
  const { innerHTML } = screen.getByRole('article', { name: 'Class' });
  expect(innerHTML).not.toMatch(/<img|<script|javascript:/);
});

it('speaks the language of the user', async () => {
  renderApp(createStandIn(populated()), '#/templates/quickstart', 'zh-CN');
  (await article('快速上手')).getByText('1 个控制平面和 2 个工作节点');
});

it('finds by id, title and description', async () => {
  const user = renderApp(createStandIn(withOwn()), '#/templates');
  const gallery = within(await screen.findByRole('navigation', { name: 'Templates' }));
  const titles = () => gallery.getAllByRole('link').map((link) => link.getAttribute('href'));
  expect(titles()).toEqual(['mine', 'single', 'three-node', 'quickstart', 'class'].map((id) => `#/templates/${id}`));
  await user.type(gallery.getByRole('searchbox'), 'web page');
  expect(titles()).toEqual(['#/templates/quickstart']);
  await user.clear(gallery.getByRole('searchbox'));
  await user.type(gallery.getByRole('searchbox'), 'nonsense');
  gallery.getByText('No template matches.');
});

it('shows the first where none is chosen, and says when there is no such one', async () => {
  renderApp(createStandIn(populated()), '#/templates');
  await article('Single node');
  window.location.hash = '#/templates/nope';
  await screen.findByText('There is no template called nope.');
});

it('shows what a file has come to as soon as it is saved', async () => {
  const standIn = createStandIn(withOwn());
  renderApp(standIn, '#/templates/mine');
  await article('Single node');
  standIn.putTemplate(entryOf(mine.yaml.replace('en: Single node', 'en: My own'), 'file'));
  await article('My own');
});

it('says of a file with mistakes what is wrong, and where', async () => {
  renderApp(createStandIn(populated({ templates: [...sampleTemplates, sampleBroken] })), '#/templates/broken.yaml');
  const reader = await article('broken.yaml');
  const problems = within(reader.getByRole('list', { name: 'Problems' }));
  expect(problems.getByRole('listitem').textContent).toContain('line 9');
  expect(reader.queryByRole('link', { name: 'Create a cluster' })).toBeNull();
  screen.getByText('1 mistake');
});

it('copies under a free id', async () => {
  const standIn = createStandIn(withOwn());
  const user = renderApp(standIn, '#/templates/single');
  await user.click((await article('Single node')).getByRole('button', { name: 'Duplicate' }));
  await waitFor(() => expect(window.location.hash).toBe('#/templates/single-2'));
  expect(standIn.calls).toContainEqual({ call: 'templates.duplicate', input: { id: 'single', as: 'single-2' } });
});

it('deletes without asking, and undoes it', async () => {
  const standIn = createStandIn(withOwn());
  const user = renderApp(standIn, '#/templates/mine');
  await user.click((await article('Single node')).getByRole('button', { name: 'More for mine' }));
  await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
  await screen.findByText('The template mine is deleted.');
  await waitFor(() => expect(screen.queryByRole('link', { name: /mine/ })).toBeNull());
  await user.click(screen.getByRole('button', { name: 'Undo' }));
  await waitFor(() => expect(window.location.hash).toBe('#/templates/mine'));
  expect(standIn.calls).toContainEqual({ call: 'templates.save', input: { yaml: mine.yaml } });
});

it('hands on as kind reads it, and tells what that cannot say', async () => {
  const user = renderApp(createStandIn(withOwn()), '#/templates/class');
  const reader = await article('Class');
  await user.click(reader.getByRole('tab', { name: 'Share' }));
  await user.click(reader.getByRole('radio', { name: 'kind' }));
  await reader.findByText('kind has no parameters.');
  reader.getByText('# class for kind');
  await user.click(reader.getByRole('radio', { name: 'Link' }));
  await user.type(reader.getByRole('textbox', { name: 'Where the file is on the web' }), 'https://example.com/a.yaml');
  reader.getByText('boathouse://template?url=https%3A%2F%2Fexample.com%2Fa.yaml');
});

it('shows shapes while they load', async () => {
  renderApp(createStandIn(populated(), { silent: true }), '#/templates');
  await screen.findByRole('status', { name: 'Loading' });
});
