// The picture of a template: this computer with its ports, the entrance, the control planes, the workers.
import { IconDeviceLaptop } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { ClusterTemplate, NodePool } from '../../../shared/model/template';
import classes from './template-picture.module.css';

/** More nodes of a pool than this are told as a number. */
const mostDrawn = 6;

export function TemplatePicture({ template }: { template: ClusterTemplate }) {
  const { t } = useTranslation();
  const { nodes, ports } = template.spec;
  return (
    <figure className={classes.picture} aria-label={t('templates.picture')}>
      <div className={classes.row}>
        <span className={classes.computer}>
          <IconDeviceLaptop aria-hidden size={18} />
          {t('templates.thisComputer')}
        </span>
        {ports.map((port, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ports have no other identity
          <span key={index} className={classes.port}>
            {port.hostPort || '*'} → {aimOf(port.to)}
          </span>
        ))}
      </div>
      <Row of="control-plane" pools={nodes} />
      <Row of="worker" pools={nodes} />
    </figure>
  );
}

function Row({ of: role, pools }: { of: NodePool['role']; pools: readonly NodePool[] }) {
  const { t } = useTranslation();
  const own = pools.filter((pool) => pool.role === role);
  if (own.length === 0) return null;
  return (
    <div className={classes.row} data-role={role}>
      {own.flatMap((pool, index) =>
        Array.from({ length: Math.min(pool.count, mostDrawn) }, (_, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: nodes of a pool are alike
          <span key={`${index}:${place}`} className={classes.node}>
            <span>{pool.name ?? t(`nodeRole.${role}`)}</span>
            {pool.resources.memory && <span className={classes.limit}>{pool.resources.memory}</span>}
            {place === mostDrawn - 1 && pool.count > mostDrawn && (
              <span className={classes.limit}>+{pool.count - mostDrawn}</span>
            )}
          </span>
        )),
      )}
    </div>
  );
}

function aimOf(to: ClusterTemplate['spec']['ports'][number]['to']): string {
  if ('nodePort' in to) return `NodePort ${to.nodePort}`;
  return 'service' in to ? `${to.service}:${to.port}` : `${to.node}:${to.port}`;
}
