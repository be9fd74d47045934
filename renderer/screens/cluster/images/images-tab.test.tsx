// @vitest-environment jsdom
// The images of a cluster: the matrix, what is stale, loading and removing.
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../../../../shared/model/operation';
import { renderApp } from '../../../app/render-app';
import { createStandIn } from '../../../app/stand-in';
import { populated } from '../../../app/stand-in-worlds';

const address = '#/clusters/shop/images';

function opened() {
  const standIn = createStandIn(populated());
  renderApp(standIn, address);
  return { standIn, user: userEvent.setup() };
}

describe('the images of a cluster', () => {
  it('are shown by node, with what uses them', async () => {
    opened();
    const table = within(await screen.findByRole('table', { name: 'Images on the nodes' }));
    const row = within(table.getByRole('row', { name: /shop\/web:dev/ }));
    row.getByText('168 MB');
    row.getByText('1 pod');
    expect(row.getAllByRole('img', { name: 'there' })).toHaveLength(2);
    expect(row.getByRole('button', { name: 'Remove shop/web:dev' })).toHaveProperty('disabled', true);
  });

  it('can be searched', async () => {
    const { user } = opened();
    await user.type(await screen.findByLabelText('Search images'), 'postgres');
    const table = within(screen.getByRole('table', { name: 'Images on the nodes' }));
    expect(table.getAllByRole('row')).toHaveLength(2);
  });

  it('that are stale can be mended with one button', async () => {
    const { standIn, user } = opened();
    await user.click(await screen.findByRole('button', { name: 'Restart these' }));
    const workloads = [{ kind: 'Deployment', namespace: 'shop', name: 'web' }];
    await waitFor(() =>
      expect(standIn.calls).toContainEqual({ call: 'images.restart', input: { name: 'shop', workloads } }),
    );
  });

  it('that nothing uses are named before they go', async () => {
    const { standIn, user } = opened();
    await user.click(await screen.findByRole('button', { name: 'Remove unused' }));
    const dialog = within(await screen.findByRole('dialog'));
    dialog.getByText('shop/report:old');
    await user.click(dialog.getByRole('button', { name: 'Remove 1 image' }));
    const images = [`sha256:${'e'.repeat(64)}`];
    await waitFor(() =>
      expect(standIn.calls).toContainEqual({ call: 'images.remove', input: { name: 'shop', images } }),
    );
  });

  it('are loaded into the chosen nodes, each with its own bar', async () => {
    const { standIn, user } = opened();
    await user.click(await screen.findByRole('button', { name: 'Load images' }));
    const dialog = within(await screen.findByRole('dialog'));
    await user.click(await dialog.findByRole('checkbox', { name: /postgres:17/ }));
    await user.click(dialog.getByRole('checkbox', { name: 'control-plane' }));
    await user.click(dialog.getByRole('button', { name: 'Load' }));
    const nodes = ['shop-worker', 'shop-worker2'];
    const input = { name: 'shop', images: ['postgres:17'], nodes, restart: true };
    await waitFor(() => expect(standIn.calls).toContainEqual({ call: 'images.load', input }));
    const steps = nodes.map((node): Operation['steps'][number] => ({
      id: `image-load:${node}`,
      kind: 'image-load',
      title: '',
      lane: node,
      weight: 1,
      after: [],
      state: 'running',
      progress: 0.5,
      transfer: { moved: 5e6, total: 10e6, present: 158e6 },
    }));
    standIn.putOperation({
      id: 'operation-1',
      kind: 'load-images',
      subject: 'shop',
      state: 'running',
      steps,
      queuedAt: 1,
      leftovers: [],
    });
    expect(await dialog.findAllByText(/5\.0 MB of 10 MB moved, 158 MB were there/)).toHaveLength(2);
  });
});
