// @vitest-environment jsdom
// Help: what a screen is for, from where one is, and the page that says more, with commands that can be copied.
import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { accessibilityProblems } from '../../app/accessibility-for-test';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { populated } from '../../app/stand-in-worlds';

it('says what this screen is for, and leads to its page', async () => {
  const user = renderApp(createStandIn(populated()), '#/kubeconfig');
  await screen.findByRole('heading', { level: 1, name: 'Kubeconfig' });
  await user.click(screen.getByRole('button', { name: 'Help' }));
  const about = within(await screen.findByRole('dialog', { name: 'Help' }));
  about.getByText(/Every context that kubectl knows/);
  await user.click(about.getByRole('link', { name: 'More: Kubeconfig' }));
  await screen.findByRole('article', { name: 'Kubeconfig' });
  await screen.findByText('boathouse kubeconfig contexts');
  expect(await accessibilityProblems()).toEqual([]);
});

it('has the pages in Chinese, and links between them', async () => {
  const user = renderApp(createStandIn(populated()), '#/help/troubleshooting', 'zh-CN');
  await user.click(await screen.findByRole('link', { name: '加载它' }));
  await screen.findByRole('heading', { level: 2, name: '把镜像放进集群' });
});
