// @vitest-environment jsdom
// Creating a cluster: the form says what is wrong, the plan follows it, Enter works.
import { screen, waitFor, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import type { Check } from '../../../shared/model/diagnostics';
import { renderApp } from '../../app/render-app';
import { createStandIn } from '../../app/stand-in';
import { sampleClass, sampleTemplates } from '../../app/stand-in-templates';
import { brokenEngine, newcomer, populated } from '../../app/stand-in-worlds';

const nameField = () => screen.findByRole('textbox', { name: 'Name' });
const plannedNames = (calls: { call: string; input: unknown }[]) =>
  calls.filter(({ call }) => call === 'clusters.plan').map(({ input }) => (input as { name: string }).name);

it('suggests a free name for the chosen template and shows its plan, its YAML and its command', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/new/three-node');
  expect(await nameField()).toHaveProperty('value', 'three-node');
  const plan = within(screen.getByRole('region', { name: 'What will happen' }));
  await plan.findByText('22 steps, many side by side: about 21 s');
  plan.getByText('Start the control plane');
  plan.getByText('boathouse create three-node --template three-node');
  await user.click(plan.getByRole('radio', { name: 'YAML' }));
  expect(plan.getByRole('region', { name: 'YAML' }).textContent).toContain('kind: ClusterTemplate');
  await user.click(screen.getByRole('link', { name: /^Single node/ }));
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Name' })).toHaveProperty('value', 'single'));
  await waitFor(() => expect(plannedNames(standIn.calls)).toEqual(['three-node', 'single']));
});

it('says what is wrong with a name, and does not create with it', async () => {
  const standIn = createStandIn(populated());
  const user = renderApp(standIn, '#/new/single');
  const field = await nameField();
  for (const [name, reason] of [
    ['Shop', /Use lower-case letters/],
    ['shop', /There is a cluster called shop already/],
    ['a'.repeat(49), /at most 48 characters/],
  ] as const) {
    await user.clear(field);
    screen.getByText('A cluster needs a name.');
    await user.type(field, `${name}{Enter}`);
    screen.getByText(reason);
    expect(screen.getByRole('button', { name: 'Create' })).toHaveProperty('disabled', true);
    screen.getByText('Correct the name first.');
  }
  expect(standIn.calls.map(({ call }) => call)).not.toContain('clusters.create');
});

it('creates on Enter with what was set, and goes to the cluster', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/new/single');
  const field = await nameField();
  await user.click(screen.getByRole('checkbox', { name: /current context/ }));
  await user.click(screen.getByRole('button', { name: 'More' }));
  await user.type(screen.getByRole('textbox', { name: 'Node image' }), 'kindest/node:v1.33.1');
  await user.click(screen.getByRole('checkbox', { name: /Keep the nodes/ }));
  await user.clear(field);
  await user.type(field, 'play{Enter}');
  expect(standIn.calls).toContainEqual({
    call: 'clusters.create',
    input: {
      name: 'play',
      template: { id: 'single' },
      image: 'kindest/node:v1.33.1',
      keepOnFailure: true,
      switchContext: false,
    },
  });
  await waitFor(() => expect(window.location.hash).toBe('#/clusters/play'));
});

it('asks for the plan once the typing rests, not for every letter', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/new/single');
  const field = await nameField();
  await waitFor(() => expect(plannedNames(standIn.calls)).toEqual(['single']));
  await user.clear(field);
  await user.type(field, 'orchard');
  await waitFor(() => expect(plannedNames(standIn.calls)).toContain('orchard'));
  expect(plannedNames(standIn.calls).length).toBeLessThan(5);
});

it('shows warnings, and in their place why there is no plan', async () => {
  const standIn = createStandIn(newcomer({ warnings: [{ code: 'memory-below-need', text: 'Memory is short.' }] }));
  renderApp(standIn, '#/new/single');
  await screen.findByText('Memory is short.');
  standIn.dispose();
  const failing = createStandIn(newcomer());
  failing.fail('clusters.plan', { code: 'image-missing', message: 'No node image is here', hints: [] });
  renderApp(failing, '#/new/three-node');
  await screen.findByText('No node image is here');
});

it('shows what the doctor finds in the way of a plan, and looks again once it is mended', async () => {
  const taken: Check = {
    id: 'port:8080',
    code: 'port-of-cluster',
    group: 'network',
    verdict: 'warning',
    title: 'Port 8080 is taken by shop',
    evidence: 'shop-edge publishes it',
    why: 'A port leads to one program.',
    fix: 'Stop shop',
    commands: ['boathouse stop shop'],
  };
  const standIn = createStandIn(newcomer({ findings: [taken] }));
  const user = renderApp(standIn, '#/new/single');
  const doubt = within(await screen.findByRole('article', { name: taken.title }));
  expect(doubt.queryByText('boathouse stop shop')).toBeNull();
  await user.click(doubt.getByRole('button', { name: 'What to do' }));
  doubt.getByText('boathouse stop shop');
  standIn.world.findings = [];
  await user.click(doubt.getByRole('button', { name: `Fix: ${taken.title}` }));
  await waitFor(() => expect(screen.queryByRole('article', { name: taken.title })).toBeNull());
});

it('explains a refused create where it was asked for, and lets it be tried again', async () => {
  const standIn = createStandIn(newcomer());
  standIn.fail('clusters.create', {
    code: 'name-taken',
    message: 'Docker has a network called boathouse-single already',
    hints: [{ text: 'Choose another name.' }],
  });
  const user = renderApp(standIn, '#/new/single');
  await user.click(await screen.findByRole('button', { name: 'Create single' }));
  const alert = within(await screen.findByRole('alert'));
  alert.getByText('The name is taken');
  alert.getByText('Docker has a network called boathouse-single already');
  alert.getByText('Choose another name.');
  standIn.fail('clusters.create');
  await user.click(screen.getByRole('button', { name: 'Create single' }));
  await waitFor(() => expect(window.location.hash).toBe('#/clusters/single'));
});

it('keeps the button with a reason while Docker or the connection is away', async () => {
  const standIn = createStandIn(newcomer({ engine: brokenEngine }));
  renderApp(standIn, '#/new/single');
  const button = await screen.findByRole('button', { name: 'Create single' });
  await waitFor(() => expect(button).toHaveProperty('disabled', true));
  expect(button.getAttribute('aria-describedby')).toBe(screen.getByText('Docker does not answer.').id);
  standIn.disconnect();
  await screen.findByText('There is no connection to Boathouse.');
});

it('shows shapes while the templates load', async () => {
  renderApp(createStandIn(newcomer(), { silent: true }), '#/new');
  await screen.findByRole('status', { name: 'Loading' });
});

it('asks what the template asks, says at the field what is wrong, and creates with the values', async () => {
  const standIn = createStandIn(newcomer({ templates: [...sampleTemplates, sampleClass] }));
  const user = renderApp(standIn, '#/new/class');
  const asked = within(await screen.findByRole('region', { name: 'What this template asks' }));
  screen.getByText('Fill in what the template asks first.');
  expect(plannedNames(standIn.calls)).toEqual([]);
  const workers = asked.getByRole('textbox', { name: 'Workers' });
  expect(workers).toHaveProperty('value', '2');
  await user.clear(workers);
  await user.type(workers, '9');
  asked.getByText('At most 5.');
  await user.clear(workers);
  await user.type(workers, '3');
  await user.type(asked.getByRole('textbox', { name: /Team/ }), 'blue');
  await user.click(asked.getByRole('checkbox', { name: 'Local registry' }));
  screen.getByText('boathouse create class --template class --set workers=3 --set team=blue --set registry=true');
  await user.click(screen.getByRole('button', { name: 'Create class' }));
  expect(standIn.calls.find(({ call }) => call === 'clusters.create')?.input).toMatchObject({
    template: { id: 'class' },
    parameters: { workers: 3, team: 'blue', registry: true },
  });
});

it('changes workers and ports in the text of the template, which can be kept', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/new/three-node');
  await nameField();
  const workers = screen.getByRole('textbox', { name: 'Workers' });
  await user.clear(workers);
  await user.type(workers, '5');
  await user.click(screen.getByRole('button', { name: 'More' }));
  await user.click(screen.getByRole('button', { name: 'Add a port' }));
  await user.type(screen.getByRole('textbox', { name: 'Port' }), '8080');
  const to = screen.getByRole('textbox', { name: 'Leads to' });
  await user.type(to, 'web');
  screen.getByText(/A Service and its port/);
  await user.type(to, ':80');
  await user.click(screen.getByRole('radio', { name: 'YAML' }));
  const { textContent } = screen.getByRole('region', { name: 'YAML' });
  expect(textContent).toContain('count: 5');
  expect(textContent).toContain('hostPort: 8080');
  await user.click(screen.getByRole('button', { name: 'Keep as a template' }));
  await waitFor(() => expect(window.location.hash).toBe('#/new/three-node-2'));
  await waitFor(() => expect(screen.getByRole('textbox', { name: 'Workers' })).toHaveProperty('value', '5'));
  await user.click(screen.getByRole('button', { name: 'Create three-node-2' }));
  expect(standIn.calls.at(-1)).toMatchObject({ call: 'clusters.create', input: { template: { id: 'three-node-2' } } });
});

it('offers the versions there are, and takes the image of the chosen one', async () => {
  const standIn = createStandIn(newcomer());
  const user = renderApp(standIn, '#/new/single');
  await user.click(await screen.findByRole('combobox', { name: 'Kubernetes' }));
  await user.click(await screen.findByRole('option', { name: /v1\.34\.0 · here already/ }));
  await user.click(screen.getByRole('button', { name: 'Create single' }));
  expect(standIn.calls.find(({ call }) => call === 'clusters.create')?.input).toMatchObject({
    image: expect.stringMatching(/^kindest\/node:v1\.34\.0@/),
  });
});
