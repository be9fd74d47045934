// The form says what is wrong with a name, and amounts to a request the core accepts.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { clusterNameSchema, createRequestSchema } from '../../../shared/model/cluster';
import { commandOf, type Form, nameProblem, requestOf } from './request';
import { unchanged } from './shape';

it.each([
  ['', 'empty'],
  ['shop', 'taken'],
  ['a'.repeat(49), 'long'],
  ['Shop', 'shape'],
  ['-shop', 'shape'],
  ['shop_1', 'shape'],
  ['shop-2', undefined],
])('the name %j: %s', (name, problem) => {
  expect(nameProblem(name, new Set(['shop']))).toBe(problem);
});

it('agrees with the core on every name', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (name) => {
      expect(nameProblem(name, new Set()) === undefined).toBe(clusterNameSchema.safeParse(name).success);
    }),
  );
});

const form: Form = {
  template: 'single',
  name: 'shop',
  image: ' ',
  keepOnFailure: false,
  switchContext: true,
  parameters: {},
  shape: unchanged,
};

it('leaves an empty image to the template', () => {
  expect(createRequestSchema.parse(requestOf(form))).toEqual({
    name: 'shop',
    template: { id: 'single' },
    keepOnFailure: false,
    switchContext: true,
  });
  expect(commandOf(form)).toBe('boathouse create shop --template single');
});

it('passes on what was changed', () => {
  const changed = { ...form, image: 'kindest/node:v1.34.0', keepOnFailure: true, switchContext: false };
  expect(requestOf(changed)).toMatchObject({ image: 'kindest/node:v1.34.0', keepOnFailure: true });
  expect(commandOf(changed)).toBe(
    'boathouse create shop --template single --image kindest/node:v1.34.0 --keep-on-failure --no-switch',
  );
});

it('sends values of parameters, and quotes them for a shell', () => {
  const filled = { ...form, parameters: { workers: 3, registry: true, team: "blue's own" } };
  expect(createRequestSchema.parse(requestOf(filled)).parameters).toEqual(filled.parameters);
  expect(commandOf(filled)).toBe(
    `boathouse create shop --template single --set workers=3 --set registry=true --set 'team=blue'\\''s own'`,
  );
});

it('sends the text of a template that was changed, with the folder of its file', () => {
  const chosen = { yaml: 'spec:\n  nodes:\n    - role: control-plane\n', file: '/home/ana/mine/single.yaml' };
  expect(requestOf(form, chosen).template).toEqual({ id: 'single' });
  const changed = { ...form, shape: { workers: 1, ports: [] } };
  expect(requestOf(changed, chosen).template).toEqual({
    yaml: `${chosen.yaml}    - role: worker\n      count: 1\n`,
    from: 'single.yaml',
    folder: '/home/ana/mine',
  });
  expect(commandOf(changed, chosen)).toBe('boathouse create shop --template single.yaml');
});
