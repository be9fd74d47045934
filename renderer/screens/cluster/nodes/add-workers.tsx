// Adds workers that are alike to a running cluster.
import { NumberInput, TextInput } from '@mantine/core';
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

interface Fields {
  count: number | string;
  pool: string;
  labels: string[];
  taints: string[];
  limits: LimitTexts;
}

const empty: Fields = { count: 1, pool: '', labels: [], taints: [], limits: { cpus: '', memory: '' } };

export function AddWorkers({ cluster, onClose }: { cluster: Cluster; onClose: () => void }) {
  const { t } = useTranslation();
  const [fields, setFields] = useState(empty);
  const set = (some: Partial<Fields>) => setFields((before) => ({ ...before, ...some }));
  const wanted = changeFrom(fields, useMostCpus());
  const change = useChange(cluster.name, wanted && [wanted]);
  const { shape } = nodePoolSchema;
  const count = shape.count.safeParse(fields.count).data;
  const poolBad = fields.pool !== '' && !shape.name.safeParse(fields.pool).success;
  const tooMany = change.error?.code === 'bad-input' && change.error.params?.limit !== undefined;
  return (
    <ChangeForm
      cluster={cluster}
      title={t('nodes.addTitle', { name: cluster.name })}
      change={change}
      errorShown={tooMany}
      confirm={t('nodes.addConfirm', { count: count ?? 1 })}
      icon={<IconPlus aria-hidden size={16} />}
      onClose={onClose}
    >
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

function changeFrom({ count, pool, ...fields }: Fields, most: number): ClusterChange | undefined {
  return clusterChangeSchema.safeParse({
    kind: 'add-nodes',
    role: 'worker',
    count,
    ...(pool !== '' && { pool }),
    labels: labelsFrom(fields.labels) ?? 'wrong',
    taints: taintsFrom(fields.taints) ?? 'wrong',
    resources: limitsFrom(fields.limits, most) ?? 'wrong',
  }).data;
}
