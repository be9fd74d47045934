// @vitest-environment jsdom
// An archive dropped on the window: into which cluster is asked, and its pieces go to the core as they are wanted.
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { newcomer, populated } from '../../../app/stand-in-worlds';
import { offerFile } from '../../../parts/offer-file';

const drop = (name: string) =>
  fireEvent.drop(window, { dataTransfer: { files: [new File(['an archive'], name)], types: ['Files'] } });

it('is loaded into the cluster that is chosen', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/doctor');
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  drop('class.txt');
  drop('web.tar.gz');
  const dialog = within(await screen.findByRole('dialog', { name: 'Load images into shop' }));
  dialog.getByText('Archive: web.tar.gz (10 B)');
  await user.click(dialog.getByRole('combobox', { name: 'Into the cluster' }));
  await user.click(await screen.findByRole('option', { name: 'old-kind' }));
  await user.click(await screen.findByRole('button', { name: 'Load' }));
  const offered = expect.any(String);
  const nodes = ['old-kind-control-plane', 'old-kind-worker'];
  await waitFor(() =>
    expect(standIn.calls).toEqual([
      { call: 'images.offer', input: { name: 'web.tar.gz', size: 10 } },
      { call: 'images.load', input: { name: 'old-kind', images: [], offered, nodes, restart: true } },
    ]),
  );
});

it('finds no place where no cluster runs', async () => {
  renderApp(createStandIn(newcomer()), '#/doctor');
  await screen.findByRole('heading', { level: 1, name: 'Doctor' });
  drop('web.tar');
  await screen.findByText('No cluster runs that web.tar could be loaded into.');
});

it('gives what is wanted, and nothing else', async () => {
  const given: unknown[] = [];
  const id = '0b2f6c1e-5d1c-4d4e-9f0a-3c1b7a9d2e11';
  async function* heard() {
    yield { file: id };
    yield { wanted: { from: 3, length: 7 } };
  }
  const { client } = createStandIn(newcomer()).boathouse.connection;
  const images = {
    ...client.images,
    offer: async () => heard(),
    give: async (piece: unknown) => void given.push(piece),
  };
  const found = await offerFile(
    { ...client, images } as never,
    new File(['an archive'], 'a.tar'),
    AbortSignal.timeout(5000),
  );
  expect(found).toBe(id);
  await waitFor(() => expect(given).toEqual([{ file: id, from: 3, base64: btoa('archive') }]));
});
