// @vitest-environment jsdom
// The disk: who takes it, what would go, and that only what was chosen goes.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

it('shows who takes it, node by node, and cleans up what was chosen', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/images/disk');
  await screen.findByText('shop-worker2');
  const cleaning = within(screen.getByRole('region', { name: 'Clean up' }));
  cleaning.getByText('kindest/node:v1.31.0');
  expect(cleaning.getByRole('checkbox', { name: /All that caches keep/ })).toHaveProperty('checked', false);
  await user.click(cleaning.getByRole('checkbox', { name: /Node images/ }));
  await user.click(cleaning.getByRole('checkbox', { name: /Build cache/ }));
  await user.click(cleaning.getByRole('button', { name: 'Clean up 1.6 GB' }));
  const input = { cleanups: ['untagged-images', 'unused-node-images'] };
  expect(standIn.calls).toContainEqual({ call: 'disk.clean', input });
});

it('says why it cannot be measured', async () => {
  const error = { code: 'engine-unreachable' as const, message: 'gone', hints: [] };
  renderApp(createStandIn(populated(), { failing: { 'disk.usage': error } }), '#/images/disk');
  await within(screen.getByRole('main')).findByRole('alert');
});
