// What the form changes of a template's text: workers and ports, comments kept, nothing where it is not the form's to change.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { changedText, isPort, targetOf, unchanged, workersOf } from './shape';

const text = (nodes: string) => `# Mine.\nspec:\n  nodes:\n    - role: control-plane # decides\n${nodes}`;
const two = text('    - role: worker\n      count: 2\n');

it('leaves a text alone that nothing was changed of', () => {
  expect(changedText(two, unchanged)).toBe(two);
  expect(changedText(two, { workers: 2, ports: [{ hostPort: '', to: '' }] })).toBe(two);
});

it('changes how many workers there are', () => {
  expect(workersOf(two)).toBe(2);
  expect(changedText(two, { workers: 4, ports: [] })).toBe(two.replace('count: 2', 'count: 4'));
  expect(parse(changedText(two, { workers: 0, ports: [] })).spec.nodes).toEqual([{ role: 'control-plane' }]);
  expect(changedText(text(''), { workers: 1, ports: [] })).toContain('# decides\n    - role: worker\n      count: 1\n');
});

it('leaves workers to templates that have several pools of them, or a parameter', () => {
  expect(workersOf(text('    - role: worker\n    - role: worker\n'))).toBeUndefined();
  expect(workersOf(text('    - role: worker\n      count: ${parameters.workers}\n'))).toBeUndefined();
  expect(workersOf('a: [')).toBeUndefined();
});

it('adds ports that lead to Services and NodePorts', () => {
  const wishes = [
    { hostPort: 8080, to: 'web:80' },
    { hostPort: '8081', to: 'shop/api:8000' },
    { hostPort: 30080, to: '30080' },
    { hostPort: 0, to: 'web:80' },
    { hostPort: 9000, to: 'nothing' },
  ];
  const changed = changedText(two, { ports: wishes });
  expect(changed).toContain('# decides');
  expect(parse(changed).spec.ports).toEqual([
    { hostPort: 8080, to: { service: 'web', port: 80 } },
    { hostPort: 8081, to: { service: 'api', namespace: 'shop', port: 8000 } },
    { hostPort: 30080, to: { nodePort: 30080 } },
  ]);
});

it.each(['', 'web', 'web:', 'web:0', 'Web:80', 'a/b/c:1', '70000', 'web:70000'])('takes %j for no target', (to) => {
  expect(targetOf(to)).toBeUndefined();
});

it('knows what a port is', () => {
  expect([0, 1, 65_535, 65_536, 1.5].map(isPort)).toEqual([false, true, true, false, false]);
});
