// @vitest-environment jsdom
// Importing: from text, from a dropped file, from an address that is shown first; what is lost is told; nothing is taken over.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { renderApp } from '../../../app/render-app';
import { createStandIn, type StandIn } from '../../../app/stand-in';
import { sampleClass } from '../../../app/stand-in-templates';
import { populated } from '../../../app/stand-in-worlds';
import { endImport } from './import-request';

afterEach(endImport);

const kind = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n';
const dialog = async () => within(await screen.findByRole('dialog', { name: 'Import a template' }));
const imports = (standIn: StandIn) => standIn.calls.filter(({ call }) => call === 'templates.import');

it('looks at pasted text, tells what is lost, and keeps it under a free id', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/templates');
  await user.click(await screen.findByRole('button', { name: 'Import' }));
  const sheet = await dialog();
  await user.click(sheet.getByRole('radio', { name: 'Text' }));
  await user.click(sheet.getByRole('textbox', { name: /YAML/ }));
  await user.paste(kind);
  await user.click(sheet.getByRole('button', { name: 'Look at it' }));
  await sheet.findByText('pasted text is a configuration of kind. This is the same as a template.');
  sheet.getByText('Boathouse does not give the name Shop.');
  const id = sheet.getByRole('textbox', { name: 'Id' });
  expect(id).toHaveProperty('value', 'shop');
  await user.clear(id);
  await user.type(id, 'single');
  sheet.getByText('There is a template single already.');
  expect(sheet.getByRole('button', { name: 'Keep it' })).toHaveProperty('disabled', true);
  await user.clear(id);
  await user.type(id, 'shop-2{Enter}');
  await waitFor(() => expect(window.location.hash).toBe('#/templates/shop-2'));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

it('takes a file dropped on any screen, and leaves others alone', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn, '#/doctor');
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  const drop = (name: string, text: string) =>
    fireEvent.drop(window, { dataTransfer: { files: [new File([text], name)], types: ['Files'] } });
  drop('web.tar', 'no template');
  drop('class.yaml', sampleClass.yaml);
  (await dialog()).getByText('class.yaml is a template.');
  expect(imports(standIn)).toEqual([
    { call: 'templates.import', input: { text: sampleClass.yaml, from: 'class.yaml' } },
  ]);
});

it('says at which line a text is wrong, and offers nothing to keep', async () => {
  const standIn = createStandIn(populated());
  renderApp(standIn, '#/templates');
  await screen.findByRole('button', { name: 'Import' });
  const text = sampleClass.yaml.replace('role: worker', 'role: wroker');
  fireEvent.drop(window, { dataTransfer: { files: [new File([text], 'class.yaml')], types: ['Files'] } });
  const sheet = await dialog();
  const line = text.split('\n').findIndex((each) => each.includes('wroker')) + 1;
  await sheet.findByText(`line ${line}`);
  expect(sheet.queryByRole('button', { name: 'Keep it' })).toBeNull();
});

it('fetches what a link asks for only after a yes', async () => {
  const url = 'https://example.com/class.yaml';
  const standIn = createStandIn(populated({ texts: { [url]: sampleClass.yaml } }));
  const user = renderApp(standIn, `#/templates/import?url=${encodeURIComponent(url)}`);
  const sheet = await dialog();
  sheet.getByText(url);
  expect(imports(standIn)).toEqual([]);
  await user.click(sheet.getByRole('button', { name: 'Fetch it' }));
  await sheet.findByText(`${url} is a template.`);
  expect(imports(standIn)).toEqual([{ call: 'templates.import', input: { url } }]);
});

it('looks at a file that was opened, and goes on to the templates when it is closed', async () => {
  const file = '/home/ana/class.boathouse';
  const standIn = createStandIn(populated({ texts: { [file]: sampleClass.yaml } }));
  const user = renderApp(standIn, `#/templates/import?file=${encodeURIComponent(file)}`);
  const sheet = await dialog();
  await sheet.findByText(`${file} is a template.`);
  expect(imports(standIn)).toEqual([{ call: 'templates.import', input: { file } }]);
  sheet.getByRole('button', { name: 'Keep it' });
  await user.click(sheet.getByRole('button', { name: 'Close' }));
  await waitFor(() => expect(window.location.hash).toBe('#/templates'));
  expect(standIn.calls.filter(({ call }) => call === 'templates.save')).toEqual([]);
});

it('leaves a link alone after a no', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/templates/import?url=https%3A%2F%2Fexample.com%2Fa.yaml');
  await user.click((await dialog()).getByRole('button', { name: 'No' }));
  await waitFor(() => expect(window.location.hash).toBe('#/templates'));
  expect(imports(standIn)).toEqual([]);
});

it.each(['http://example.com/a.yaml', 'file:///etc/passwd'])('does not fetch %s', async (url) => {
  renderApp(createStandIn(populated()), `#/templates/import?url=${encodeURIComponent(url)}`);
  expect((await dialog()).getByRole('button', { name: 'Fetch it' })).toHaveProperty('disabled', true);
});

it('says why an address gave nothing', async () => {
  const user = renderApp(createStandIn(populated()), '#/templates/import?url=https%3A%2F%2Fexample.com%2Fa.yaml');
  const sheet = await dialog();
  await user.click(sheet.getByRole('button', { name: 'Fetch it' }));
  await sheet.findByText('It could not be downloaded');
});
