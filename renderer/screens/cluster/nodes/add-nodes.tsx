// Adds nodes that are alike to a running cluster: workers, or control planes with what that means for etcd.
import { NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ClusterChange, clusterChangeSchema } from '../../../../shared/model/change';
import type { Cluster } from '../../../../shared/model/cluster';
import { nodePoolSchema } from '../../../../shared/model/template/pools';
import classes from '../change/change.module.css';
import { ChangeForm } from '../change/change-form';
import { LabelField, labelsFrom, TaintField, taintsFrom } from '../change/label-field';
import { LimitFields, type LimitTexts, limitsFrom, useMostCpus } from '../change/limit-fields';
import { useChange } from '../change/use-change';
import { controlPlanes, Quorum, toNextOdd } from './quorum';

type Role = 'worker' | 'control-plane';

interface Fields {
  role: Role;
  count: number | string;
  pool: string;
  labels: string[];
  taints: string[];
  limits: LimitTexts;
}

const empty: Fields = { role: 'worker', count: 1, pool: '', labels: [], taints: [], limits: { cpus: '', memory: '' } };

export function AddNodes({ cluster, onClose }: { cluster: Cluster; onClose: () => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(empty);
  const set = (some: Partial<Fields>) => setFields((before) => ({ ...before, ...some }));
  const wanted = changeFrom(fields, useMostCpus());
  const change = useChange(cluster.name, wanted && [wanted]);
  const { shape } = nodePoolSchema;
  const count = shape.count.safeParse(fields.count).data;
  const poolBad = fields.pool !== '' && !shape.name.safeParse(fields.pool).success;
  const planes = controlPlanes(cluster).length;
  const tooMany = change.error?.code === 'bad-input' && change.error.params?.limit !== undefined;
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.addTitle', { name: cluster.name })}
      change={change}
      errorShown={tooMany}
      confirm={t(fields.role === 'worker' ? 'nodes.addConfirm' : 'nodes.addPlanesConfirm', { count: count ?? 1 })}
      icon={<IconPlus aria-hidden size={16} />}
      onClose={onClose}
    >
      <SegmentedControl
        aria-label={t('nodes.role')}
        value={fields.role}
        onChange={(role) => set({ role, count: role === 'worker' ? 1 : toNextOdd(planes) })}
        data={(['worker', 'control-plane'] as const).map((role) => ({ value: role, label: t(`nodeRole.${role}`) }))}
      />
      {fields.role === 'control-plane' && <Quorum before={planes} after={planes + (count ?? 0)} />}
      <div className={classes.row}>
        <NumberInput
          label={t('nodes.count')}
          data-autofocus
          value={fields.count}
          min={1}
          max={50}
          allowDecimal={false}
          clampBehavior="none"
          error={
            tooMany
              ? t('nodes.countNetwork', { limit: change.error?.params?.limit })
              : count === undefined && t('nodes.countBad')
          }
          onChange={(value) => set({ count: value })}
        />
        <TextInput
          label={t('nodes.poolLabel')}
          placeholder={t('change.optional')}
          value={fields.pool}
          spellCheck={false}
          error={poolBad && t('nodes.poolBad')}
          onChange={(event) => set({ pool: event.currentTarget.value })}
        />
      </div>
      <LimitFields value={fields.limits} onChange={(limits) => set({ limits })} />
      <LabelField value={fields.labels} onChange={(labels) => set({ labels })} />
      <TaintField value={fields.taints} onChange={(taints) => set({ taints })} />
    </ChangeForm>
  );
}

function changeFrom({ role, count, pool, ...fields }: Fields, most: number): ClusterChange | undefined {
  return clusterChangeSchema.safeParse({
    kind: 'add-nodes',
    role,
    count,
    ...(pool !== '' && { pool }),
    labels: labelsFrom(fields.labels) ?? 'wrong',
    taints: taintsFrom(fields.taints) ?? 'wrong',
    resources: limitsFrom(fields.limits, most) ?? 'wrong',
  }).data;
}
