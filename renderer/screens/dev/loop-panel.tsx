// The loops of a project: starting one in a context, and each that runs with what steers it.
import { Button, Checkbox, Group, Select } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loop } from '../../../shared/model/devloop/loop';
import { applyFeed, emptyFeed, type Feed, type FeedState } from '../../../shared/model/feed';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import classes from './dev.module.css';
import { LoopView } from './loop-view';

interface LoopPanelProps {
  dir: string;
  name: string;
  profiles: readonly string[];
}

/** Loops of all projects, the latest first; nothing before they were heard. */
export function useLoops(): Loop[] | undefined {
  const feed = useTopic<Feed<Loop>, FeedState<Loop>>(
    'loops',
    (client, _subject, signal) => client.loops.watch(undefined, { signal }),
    (before, message) => applyFeed(before ?? emptyFeed<Loop>(), message, ({ id }) => id),
  );
  return feed && [...feed.items.values()].sort((one, other) => other.startedAt - one.startedAt);
}

export function LoopPanel({ dir, name, profiles }: LoopPanelProps) {
  const loops = useLoops()?.filter((loop) => loop.dir === dir) ?? [];
  return (
    <>
      {loops.map((loop) => (
        <LoopView key={loop.id} loop={loop} />
      ))}
      <Start dir={dir} name={name} profiles={profiles} />
    </>
  );
}

function Start({ dir, name, profiles }: LoopPanelProps) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const view = useTopic('kubeconfig', (core, _subject, signal) => core.kubeconfig.watch(undefined, { signal }));
  const contexts = view?.contexts ?? [];
  const [chosen, setChosen] = useState<string | null>(null);
  const [sync, setSync] = useState(true);
  const context = chosen ?? contexts.find(({ current }) => current)?.name ?? null;
  const start = async () => {
    if (!context) return;
    await run(async () => {
      await client.loops.start({ dir, context, profiles: [...profiles], sync });
      await client.devloop.remember({ dir, name, context, profiles: [...profiles] });
    });
  };
  return (
    <Group className={classes.start} align="flex-end" gap="md">
      <Select
        label={t('dev.context')}
        data={contexts.map((one) => one.name)}
        value={context}
        onChange={setChosen}
        searchable
        allowDeselect={false}
      />
      <Button
        loading={running}
        disabled={!context}
        leftSection={<IconPlayerPlay aria-hidden size={16} />}
        onClick={() => void start()}
      >
        {t('dev.start')}
      </Button>
      <Checkbox
        mb={8}
        label={t('dev.sync')}
        checked={sync}
        onChange={(event) => setSync(event.currentTarget.checked)}
      />
    </Group>
  );
}
