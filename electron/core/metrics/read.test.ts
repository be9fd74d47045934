// Figures of usage from a metrics-server and from kubelets.
import { expect, it } from 'vitest';
import { fromServer, fromSummaries, quantity } from './read';

it('reads quantities of Kubernetes', () => {
  expect(['156340000n', '250m', '2', '128Ki', '1Mi', '1G', 'none'].map(quantity)).toEqual([
    0.15634, 0.25, 2, 131_072, 1_048_576, 1e9, 0,
  ]);
});

it('takes both for the same', () => {
  const web = { metadata: { name: 'web', namespace: 'shop' } };
  const served = fromServer(
    [{ metadata: { name: 'n1' }, usage: { cpu: '500m', memory: '1Mi' } }],
    [{ ...web, containers: ['a', 'b'].map((name) => ({ name, usage: { cpu: '100m', memory: '1Ki' } })) }],
  );
  const part = { cpu: { usageNanoCores: 1e8 }, memory: { workingSetBytes: 1024 } };
  const asked = fromSummaries([
    {
      node: { nodeName: 'n1', cpu: { usageNanoCores: 5e8 }, memory: { workingSetBytes: 2 ** 20 } },
      pods: [{ podRef: web.metadata, containers: ['a', 'b'].map((name) => ({ name, ...part })) }],
    },
    { node: { nodeName: 'n2' }, pods: null },
  ]);
  expect(served.nodes.n1).toEqual({ cpus: 0.5, memory: 2 ** 20 });
  expect(served.pods['shop/web']).toMatchObject({ cpus: 0.2, memory: 2048, containers: { a: { cpus: 0.1 } } });
  expect(asked).toEqual({ nodes: { ...served.nodes, n2: { cpus: 0, memory: 0 } }, pods: served.pods });
});
