// The mirrors of one cluster, as its nodes have them: added and taken away while it runs.
import { ActionIcon, Button, Group, Text, TextInput, Title, Tooltip } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../shared/model/cluster';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { useCall } from '../../parts/use-call';
import { useMirrors } from '../../parts/use-mirrors';
import { useClient } from '../../stores/app-context';
import classes from './images.module.css';

type Mirrors = Record<string, string[]>;

export function ClusterMirrors({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const { value, error } = useMirrors(cluster);
  const { name } = cluster;
  const why = changeable(cluster);
  const set = (mirrors: Mirrors) =>
    run(() => client.clusters.change({ name, changes: [{ kind: 'set-mirrors', mirrors }] }));
  const rows = Object.entries(value?.mirrors ?? {});
  const others = Object.entries(value?.others ?? {});
  return (
    <section className={classes.card} aria-label={name}>
      <Title order={2} className={classes.heading}>
        {name}
      </Title>
      {error && <ErrorNotice error={error} />}
      {!value && !error && <LoadingRows rows={1} height={36} />}
      {value && rows.length + others.length === 0 && <Text c="dimmed">{t('mirrors.none')}</Text>}
      <dl className={classes.mirrors}>
        {rows.map(([registry, addresses]) => (
          <div key={registry} className={classes.mirror}>
            <dt className="mono">{registry}</dt>
            <dd>
              <span className="mono">{addresses.join(' ')}</span>
              <Tooltip label={t('mirrors.remove', { registry })}>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  disabled={running || why !== 'yes'}
                  aria-label={t('mirrors.remove', { registry })}
                  onClick={() => void set(Object.fromEntries(rows.filter(([other]) => other !== registry)))}
                >
                  <IconTrash aria-hidden size={16} />
                </ActionIcon>
              </Tooltip>
            </dd>
          </div>
        ))}
        {others.map(([registry, addresses]) => (
          <div key={registry} className={classes.mirror}>
            <dt className="mono">{registry}</dt>
            <dd>
              <span className="mono">{addresses.join(' ')}</span>
              <Text span size="sm" c="dimmed">
                {t('mirrors.byOthers')}
              </Text>
            </dd>
          </div>
        ))}
      </dl>
      {why === 'yes' && value ? (
        <NewMirror busy={running} add={(registry, address) => set({ ...value.mirrors, [registry]: [address] })} />
      ) : (
        <Text size="sm" c="dimmed">
          {why !== 'yes' && t(`mirrors.${why}`)}
        </Text>
      )}
    </section>
  );
}

/** Whether its mirrors can be changed now, or what stands against it. */
function changeable({
  abilities,
  provider,
  state,
  operationId,
}: Cluster): 'yes' | 'elsewhere' | 'k3s' | 'stopped' | 'busy' {
  if (abilities.change !== 'yes') return 'elsewhere';
  if (provider === 'k3s') return 'k3s';
  if (operationId !== undefined) return 'busy';
  return state === 'running' || state === 'degraded' ? 'yes' : 'stopped';
}

interface NewMirrorProps {
  busy: boolean;
  /** Resolves with whether it was accepted. */
  add(registry: string, address: string): Promise<boolean>;
}

function NewMirror({ busy, add }: NewMirrorProps) {
  const { t } = useTranslation();
  const [registry, setRegistry] = useState('');
  const [address, setAddress] = useState('');

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!(await add(registry.trim(), address.trim()))) return;
    setRegistry('');
    setAddress('');
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group gap="sm" align="flex-end">
        <TextInput
          label={t('mirrors.registry')}
          placeholder="docker.io"
          value={registry}
          onChange={(event) => setRegistry(event.currentTarget.value)}
        />
        <TextInput
          label={t('mirrors.address')}
          placeholder="https://mirror.example.com"
          w="100%"
          maw={320}
          value={address}
          onChange={(event) => setAddress(event.currentTarget.value)}
        />
        <Button
          type="submit"
          variant="default"
          loading={busy}
          disabled={registry.trim() === '' || address.trim() === ''}
          leftSection={<IconPlus aria-hidden size={16} />}
        >
          {t('mirrors.add')}
        </Button>
      </Group>
    </form>
  );
}
