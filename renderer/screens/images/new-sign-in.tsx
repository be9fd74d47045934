// Gives a cluster what docker keeps for a registry, to its kubelets or to namespaces.
import { Autocomplete, Button, Group, Select, TextInput } from '@mantine/core';
import { IconKey } from '@tabler/icons-react';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SignInWay } from '../../../shared/model/access';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';

interface NewSignInProps {
  cluster: string;
  /** The first is chosen. */
  ways: readonly SignInWay[];
  busy: boolean;
}

export function NewSignIn({ cluster, ways, busy }: NewSignInProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [known, setKnown] = useState<string[]>([]);
  const [registry, setRegistry] = useState('');
  const [way, setWay] = useState<SignInWay>(ways[0] ?? 'secret');
  const [namespaces, setNamespaces] = useState('default');
  useEffect(() => {
    // Without suggestions the name is typed.
    client.access.known().then(setKnown, () => {});
  }, [client]);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const where = namespaces.split(/[\s,]+/).filter(Boolean);
    const begun = await run(() =>
      client.access.signIn({
        cluster,
        registry: registry.trim(),
        way,
        ...(way === 'secret' && where.length > 0 && { namespaces: where }),
      }),
    );
    if (begun) setRegistry('');
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group gap="sm" align="flex-end">
        <Autocomplete
          label={t('access.registry')}
          placeholder="ghcr.io"
          data={known}
          value={registry}
          onChange={setRegistry}
        />
        <Select
          label={t('access.way')}
          w={260}
          allowDeselect={false}
          data={ways.map((value) => ({ value, label: t(`access.ways.${value}`) }))}
          value={way}
          onChange={(value) => setWay(ways.find((one) => one === value) ?? way)}
        />
        {way === 'secret' && (
          <TextInput
            label={t('access.namespaces')}
            value={namespaces}
            onChange={(event) => setNamespaces(event.currentTarget.value)}
          />
        )}
        <Button
          type="submit"
          variant="default"
          loading={running}
          disabled={busy || registry.trim() === ''}
          leftSection={<IconKey aria-hidden size={16} />}
        >
          {t('access.signIn')}
        </Button>
      </Group>
    </form>
  );
}
