// What is asked of the core, and of a terminal, for each text that can stand in the tab.
import { expect, it } from 'vitest';
import { commandFor, own, wantedFrom } from './wanted';

const kept = { id: own, yaml: 'a: 1' };
const mine = { id: 'lab', yaml: 'a: 1', file: '/home/ana/templates/lab.yaml' };

it.each([
  ['what the cluster keeps', kept, 'a: 1', {}, { template: { yaml: 'a: 1', from: 'shop.yaml' } }],
  ['what it keeps, changed', kept, 'a: 2', {}, { template: { yaml: 'a: 2', from: 'shop.yaml' } }],
  ['a template', mine, 'a: 1', { workers: 2 }, { template: { id: 'lab' }, parameters: { workers: 2 } }],
  [
    'a template, changed',
    mine,
    'a: 2',
    {},
    { template: { yaml: 'a: 2', from: 'lab.yaml', folder: '/home/ana/templates' } },
  ],
])('%s', (_what, beginning, text, parameters, wanted) => {
  expect(wantedFrom('shop', beginning, text, parameters)).toEqual(wanted);
});

it('the commands do the same', () => {
  expect(commandFor('shop', kept, true, [])).toBe(
    'boathouse templates of shop > shop.yaml\nboathouse apply shop --file shop.yaml',
  );
  expect(commandFor('shop', mine, false, ['--set workers=2'])).toBe('boathouse apply shop --file lab --set workers=2');
  expect(commandFor('shop', mine, true, [])).toBe('boathouse apply shop --file lab.yaml');
});
