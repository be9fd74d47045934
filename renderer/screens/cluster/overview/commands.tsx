// The commands that do from a terminal what this screen does.
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import { Command } from '../../../parts/copy';
import classes from '../cluster.module.css';

type Power = 'start' | 'resume' | 'pause' | 'stop';

function powerOf({ state }: Cluster): Power[] {
  if (state === 'stopped') return ['start'];
  return state === 'paused' ? ['resume', 'stop'] : ['pause', 'stop'];
}

export function Commands({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const { name, context } = cluster;
  const commands: { id: 'nodes' | 'pods' | 'status' | 'kubeconfig' | 'logs' | Power; text: string }[] = [
    { id: 'nodes', text: `kubectl --context ${context} get nodes` },
    { id: 'pods', text: `kubectl --context ${context} get pods --all-namespaces` },
    { id: 'status', text: `boathouse status ${name}` },
    { id: 'kubeconfig', text: `boathouse kubeconfig ${name}` },
    { id: 'logs', text: `boathouse logs export ${name}` },
    ...powerOf(cluster).map((id) => ({ id, text: `boathouse ${id} ${name}` })),
  ];
  return (
    <section aria-labelledby="commands">
      <h2 id="commands" className={classes.heading}>
        {t('commands.title')}
      </h2>
      <dl className={classes.commands}>
        {commands.map(({ id, text }) => (
          <div key={id}>
            <dt>{t(`commands.${id}`)}</dt>
            <dd>
              <Command text={text} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
