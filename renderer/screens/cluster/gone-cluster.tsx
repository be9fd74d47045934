// For a cluster that there is not: never was, or no longer.
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../app/route';
import { Page } from '../../parts/page';

/** The screen for an address that names a cluster of which nothing is known. */
export function UnknownCluster({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <Page title={name}>
      <Text>{t('cluster.unknown', { name })}</Text>
      <WaysOn />
    </Page>
  );
}

/** In the place of the facts, once the last operation has left no cluster. */
export function GoneCluster({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Text>{t('cluster.gone', { name })}</Text>
      <WaysOn />
    </>
  );
}

function WaysOn() {
  const { t } = useTranslation();
  return (
    <Group gap="xs">
      <Button component="a" href={hrefOf({ screen: 'clusters' })} variant="default">
        {t('cluster.toAll')}
      </Button>
      <Button component="a" href={hrefOf({ screen: 'new-cluster' })}>
        {t('clusters.new')}
      </Button>
    </Group>
  );
}
