// Changing where the nodes of a running cluster fetch images from: files that containerd reads at its next pull.
import type { ClusterChange } from '../../../../shared/model/change';
import { type Hosts, mirrorHosts } from '../../registry/hosts';
import { changeHosts } from '../../registry/node-hosts';
import { type Entered, type Part, partOf } from './part';

type Setting = Extract<ClusterChange, { kind: 'set-mirrors' }>;

export function settingMirrors(entered: Entered, { mirrors }: Setting): Part {
  const { cluster } = entered;
  const names = Object.keys(mirrors);
  return partOf([
    {
      id: 'mirrors',
      kind: 'mirrors',
      title: names.length > 0 ? `Setting mirrors of ${names.join(', ')}` : 'Taking the mirrors away',
      lane: 'cluster',
      weight: 0.5,
      after: ['cluster-survey'],
    },
    async ({ signal, undo }) => {
      const { engine } = entered.live();
      await Promise.all(
        cluster.nodes.map(async ({ name, state }) => {
          const node = { name, running: state === 'running' };
          await changeHosts(
            engine,
            node,
            (own: Hosts) => {
              undo(`the mirrors of ${name}`, (within) => changeHosts(engine, node, () => own, within));
              return mirrorHosts(mirrors, own);
            },
            signal,
          );
        }),
      );
    },
  ]);
}
