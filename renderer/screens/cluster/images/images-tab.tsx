// The images of a cluster: which node has which, what uses them, what runs an older one; loading, removing, tidying up.
import { Button, Group, Text } from '@mantine/core';
import { IconDownload, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import type { ClusterImages, StaleWorkload } from '../../../../shared/model/images';
import { ErrorNotice } from '../../../parts/error-notice';
import { LoadingRows } from '../../../parts/loading-rows';
import { Notice } from '../../../parts/notice';
import { useCall } from '../../../parts/use-call';
import { useClient } from '../../../stores/app-context';
import { ImageMatrix } from './image-matrix';
import { LoadSheet } from './load-sheet';
import { RemoveDialog } from './remove-dialog';
import { useClusterImages } from './use-cluster-images';

export function ImagesTab({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const running = cluster.nodes.some(({ state }) => state === 'running');
  const { list, error, again } = useClusterImages(cluster.name, running);
  const [loading, setLoading] = useState(false);
  const [removing, setRemoving] = useState<string[]>();
  const unused = list?.images.filter(({ pods, system }) => pods.length === 0 && !system).map(({ id }) => id) ?? [];
  if (!running) return <Text c="dimmed">{t('nodeImages.stopped')}</Text>;
  return (
    <section aria-label={t('nodeImages.title')}>
      <Group justify="flex-end" mb="md" gap="xs">
        <Button
          variant="default"
          leftSection={<IconTrash aria-hidden size={16} />}
          disabled={unused.length === 0}
          onClick={() => setRemoving(unused)}
        >
          {t('nodeImages.prune')}
        </Button>
        <Button leftSection={<IconDownload aria-hidden size={16} />} onClick={() => setLoading(true)}>
          {t('nodeImages.load')}
        </Button>
      </Group>
      {error && <ErrorNotice error={error} />}
      {error && (
        <Button variant="default" mt="sm" leftSection={<IconRefresh aria-hidden size={16} />} onClick={again}>
          {t('nodeImages.again')}
        </Button>
      )}
      {!error && !list && <LoadingRows />}
      {list && <Stale cluster={cluster.name} stale={list.stale} />}
      {list && <Problems list={list} />}
      {list && <ImageMatrix cluster={cluster.name} list={list} onRemove={(id) => setRemoving([id])} />}
      <LoadSheet cluster={cluster} opened={loading} onClose={() => setLoading(false)} />
      <RemoveDialog
        cluster={cluster.name}
        images={list?.images.filter(({ id }) => removing?.includes(id)) ?? []}
        opened={removing !== undefined}
        onClose={() => setRemoving(undefined)}
      />
    </section>
  );
}

/** What still runs the image that a name meant before, and the button that mends it. */
function Stale({ cluster, stale }: { cluster: string; stale: readonly StaleWorkload[] }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const able = stale.filter(({ kind }) => kind !== 'Pod');
  if (stale.length === 0) return null;
  const workloads = able.map(({ kind, namespace, name }) => ({ kind, namespace, name }));
  return (
    <Notice title={t('nodeImages.stale.title')}>
      {stale.map(({ kind, namespace, name, images }) => (
        <Text key={`${kind}/${namespace}/${name}`} size="sm">
          {t('nodeImages.stale.one', { kind, name: `${namespace}/${name}`, images: images.join(', ') })}
        </Text>
      ))}
      {able.length > 0 && (
        <Button
          mt="sm"
          size="xs"
          loading={running}
          onClick={() => void run(() => client.images.restart({ name: cluster, workloads }))}
        >
          {t('nodeImages.stale.restart')}
        </Button>
      )}
    </Notice>
  );
}

function Problems({ list }: { list: ClusterImages }) {
  const { t } = useTranslation();
  return list.nodes.map(({ name, problem }) =>
    problem ? (
      <Notice key={name} title={t('nodeImages.notAsked', { node: name })}>
        {problem}
      </Notice>
    ) : null,
  );
}
