// @vitest-environment jsdom
// The editor: form and text are one, mistakes stand at their line and at their field, nothing that was typed is lost.
import { EditorView } from '@codemirror/view';
import { act, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { entryOf, sampleBroken, sampleClass, sampleTemplates } from '../../app/stand-in-templates';
import { populated } from '../../app/stand-in-worlds';
import { dropDraft } from '../../parts/template-text/drafts';

const mine = entryOf(sampleClass.yaml.replace('id: class', 'id: mine'), 'file');
const world = () => populated({ templates: [...sampleTemplates, mine, sampleBroken] });
afterEach(() => dropDraft('mine'));

async function editor(): Promise<EditorView> {
  const content = await screen.findByRole('textbox', { name: 'The template as YAML' });
  const view = EditorView.findFromDOM(content);
  if (!view) throw new Error('there is no editor');
  return view;
}
const textIn = (view: EditorView) => view.state.doc.toString();
function type(view: EditorView, before: string, after: string): void {
  const from = textIn(view).indexOf(before);
  act(() => view.dispatch({ changes: { from, to: from + before.length, insert: after } }));
}

it('writes what is chosen in the form into the text, and keeps comments', async () => {
  const standIn = createStandIn(world());
  const user = renderApp(standIn, '#/templates/mine/edit');
  const view = await editor();
  const title = screen.getByRole('textbox', { name: 'Title (en)' });
  await user.clear(title);
  await user.type(title, 'Our class');
  await waitFor(() => expect(textIn(view)).toContain('en: Our class'));
  expect(textIn(view)).toContain('# For the class.');
  expect(textIn(view)).toContain('default: 2 # enough for most');
  await user.click(screen.getByRole('button', { name: 'Add a pool' }));
  await waitFor(() => expect(textIn(view).match(/- role: worker/g)).toHaveLength(2));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved: mine');
  expect(standIn.calls.find(({ call }) => call === 'templates.save')?.input).toEqual({
    yaml: textIn(view),
    replacing: { id: 'mine', yaml: mine.yaml },
  });
  screen.getByText('As it is in the file.');
});

it('follows in the form what is typed in the text', async () => {
  renderApp(createStandIn(world()), '#/templates/mine/edit');
  type(await editor(), 'hostPort: 8080', 'hostPort: 9090');
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Port' })).toHaveProperty('value', '9090'));
});

it('tells mistakes at their line and field, leads there, and does not save them', async () => {
  const user = renderApp(createStandIn(world()), '#/templates/mine/edit');
  const view = await editor();
  type(view, 'id: mine', 'id: Mine');
  const problems = within(await screen.findByRole('list', { name: 'Problems' }));
  const line = textIn(view).split('\n').indexOf('  id: Mine') + 1;
  expect(screen.getByRole('textbox', { name: 'Id' }).getAttribute('aria-invalid')).toBe('true');
  expect(screen.getByRole('button', { name: 'Save' })).toHaveProperty('disabled', true);
  await user.click(problems.getByRole('button', { name: `line ${line}` }));
  await waitFor(() => expect(view.state.doc.lineAt(view.state.selection.main.head).number).toBe(line));
});

it('keeps unsaved text while the user looks elsewhere, and gives it up when asked to', async () => {
  const user = renderApp(createStandIn(world()), '#/templates/mine/edit');
  type(await editor(), 'en: Class', 'en: Changed');
  await screen.findByText(/Changed, not saved yet/);
  window.location.hash = '#/doctor';
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  window.location.hash = '#/templates/mine/edit';
  const again = await editor();
  expect(textIn(again)).toContain('en: Changed');
  await user.click(screen.getByRole('button', { name: 'Discard changes' }));
  await waitFor(() => expect(textIn(again)).toBe(mine.yaml));
});

it('shows that the file was changed outside, and loses neither text', async () => {
  const standIn = createStandIn(world());
  const user = renderApp(standIn, '#/templates/mine/edit');
  const view = await editor();
  type(view, 'en: Class', 'en: Changed');
  const theirs = entryOf(mine.yaml.replace('en: Class', 'en: Theirs'), 'file');
  act(() => standIn.putTemplate(theirs));
  await screen.findByText('The file was changed by another program while you were editing.');
  expect(textIn(view)).toContain('en: Changed');
  await user.click(screen.getByRole('button', { name: 'Keep mine' }));
  await user.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Saved: mine');
  expect(standIn.calls.findLast(({ call }) => call === 'templates.save')?.input).toMatchObject({
    replacing: { id: 'mine', yaml: theirs.yaml },
  });
});

it('shows at once what others changed, where nothing was typed', async () => {
  const standIn = createStandIn(world());
  renderApp(standIn, '#/templates/mine/edit');
  const view = await editor();
  act(() => standIn.putTemplate(entryOf(mine.yaml.replace('en: Class', 'en: Theirs'), 'file')));
  await waitFor(() => expect(textIn(view)).toContain('en: Theirs'));
});

it('puts the form aside while the text cannot be read', async () => {
  renderApp(createStandIn(world()), '#/templates/mine/edit');
  type(await editor(), 'nodes:', 'nodes: [');
  await screen.findByText(/The form comes back/);
});

it('says of what comes with the product that it has to be copied first', async () => {
  renderApp(createStandIn(world()), '#/templates/single/edit');
  await screen.findByText('single comes with Boathouse. Duplicate it, and edit the copy.');
});
