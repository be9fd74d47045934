// Which actions fit which kinds, and the same by kubectl.
import { expect, it } from 'vitest';
import { actionsFor, contextIn, kubectlCommand, objectActionSchema, subjectOf } from './actions';

const web = { kind: { group: 'apps', version: 'v1', resource: 'deployments' }, namespace: 'shop', name: 'web' };
const node = { kind: { group: '', version: 'v1', resource: 'nodes' }, name: 'shop-worker' };

it('offers what fits a kind', () => {
  expect(actionsFor(web.kind)).toEqual(['scale', 'restart', 'roll-back', 'delete']);
  expect(actionsFor(node.kind)).toEqual(['cordon', 'uncordon', 'drain', 'delete']);
  expect(actionsFor({ group: 'harbour.example', resource: 'nodes' })).toEqual(['delete']);
});

it('says the same by kubectl', () => {
  const said = (object: typeof web | typeof node, action: object, context = 'kind-shop') =>
    kubectlCommand(context, object, objectActionSchema.parse(action));
  expect(said(web, { verb: 'scale', replicas: 3 })).toBe(
    'kubectl --context kind-shop -n shop scale deployments.apps/web --replicas=3',
  );
  expect(said(web, { verb: 'roll-back' })).toBe(
    'kubectl --context kind-shop -n shop rollout undo deployments.apps/web',
  );
  expect(said(web, { verb: 'delete', orphans: true }, "it's")).toBe(
    "kubectl --context 'it'\\''s' -n shop delete deployments.apps/web --cascade=orphan",
  );
  expect(said(node, { verb: 'drain', force: true })).toBe(
    'kubectl --context kind-shop drain shop-worker --ignore-daemonsets --delete-emptydir-data --force --disable-eviction',
  );
});

it('an operation says which context its object is in', () => {
  expect(subjectOf('kind-shop', web)).toBe('deployments.apps/shop/web · kind-shop');
  expect(contextIn(subjectOf('a · b', web))).toBe('a · b');
});
