// The choices of a cache: asked for a new one, or for one that is there already.
import { Autocomplete, Button, Checkbox, Group, Modal, NumberInput, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cache, leastBudget, usualBudget, usualUpstreams } from '../../../shared/model/caches';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';

interface CacheFormProps {
  opened: boolean;
  onClose: () => void;
  /** The cache that is changed; without it a new one is made. */
  cache?: Cache;
  /** Upstreams that have one already. */
  taken?: readonly string[];
}

const gigabyte = 1_000_000_000;

export function CacheForm({ opened, onClose, cache, taken = [] }: CacheFormProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} withCloseButton={false}>
      <Modal.Title fw={600} mb="md">
        {cache ? t('caches.changeTitle', { upstream: cache.upstream }) : t('caches.make')}
      </Modal.Title>
      <Choices cache={cache} taken={taken} onClose={onClose} />
    </Modal>
  );
}

function Choices({
  cache,
  taken,
  onClose,
}: {
  cache: Cache | undefined;
  taken: readonly string[];
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const free = usualUpstreams.filter((upstream) => !taken.includes(upstream));
  const [upstream, setUpstream] = useState(cache?.upstream ?? free[0] ?? '');
  const [url, setUrl] = useState('');
  const [budget, setBudget] = useState<number | string>((cache?.budget ?? usualBudget) / gigabyte);
  const [signIn, setSignIn] = useState(cache ? cache.account !== undefined : true);

  async function submit(event: FormEvent) {
    event.preventDefault();
    const request = {
      upstream: upstream.trim(),
      ...(url.trim() !== '' && { url: url.trim() }),
      budget: Math.round(Number(budget) * gigabyte),
      signIn,
    };
    if (await run(() => client.caches[cache ? 'change' : 'create'](request))) onClose();
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <Stack gap="sm">
        {!cache && (
          <Autocomplete
            label={t('caches.upstream')}
            placeholder="docker.io"
            data={free}
            openOnFocus={false}
            value={upstream}
            onChange={setUpstream}
            data-autofocus
          />
        )}
        <NumberInput
          label={t('caches.budget')}
          description={t('caches.budgetHelp')}
          min={leastBudget / gigabyte}
          value={budget}
          onChange={setBudget}
        />
        <TextInput
          label={t('caches.address')}
          description={t('caches.addressHelp')}
          placeholder={cache?.url ?? 'https://registry.example.com'}
          value={url}
          onChange={(event) => setUrl(event.currentTarget.value)}
        />
        <Checkbox
          label={t('caches.signIn')}
          checked={signIn}
          onChange={(event) => setSignIn(event.currentTarget.checked)}
        />
        <Group justify="flex-end" gap="xs" mt="xs">
          <Button variant="default" onClick={onClose}>
            {t('caches.cancel')}
          </Button>
          <Button type="submit" loading={running} disabled={upstream.trim() === '' || !(Number(budget) > 0)}>
            {cache ? t('caches.save') : t('caches.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
