// What can be done about an error: advice in words, and buttons for what Boathouse can do itself.
import { Anchor, Button, List, Text } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hint } from '../../shared/model/errors';
import { useClient, useCluster } from '../stores/app-context';
import { DeleteDialog } from './delete-dialog';
import { dispatch } from './dispatch';
import { remarkWords } from './sentence-words';
import { TextWithCommand } from './text-with-command';
import { useCall } from './use-call';

export function Advice({ hints }: { hints: readonly Hint[] }) {
  const { t } = useTranslation();
  return (
    <>
      <Text fw={500} mt="sm">
        {t('error.whatToDo')}
      </Text>
      <List size="sm" mt={2} spacing={2}>
        {hints.map((hint) => (
          <List.Item key={hint.text}>
            <HintText hint={hint} />
          </List.Item>
        ))}
      </List>
    </>
  );
}

function HintText({ hint }: { hint: Hint }) {
  const { t, i18n } = useTranslation();
  const text = remarkWords(i18n, hint);
  if (hint.url) {
    return (
      <Anchor href={hint.url} target="_blank" rel="noreferrer" size="sm" underline="always">
        {text} <IconExternalLink aria-label={t('error.opensElsewhere')} size={13} />
      </Anchor>
    );
  }
  return <TextWithCommand text={text} />;
}

/** The verbs that have words of their own; other calls are called what the hint says. */
const verbs: Readonly<Record<string, 'start' | 'stop' | 'pause' | 'resume' | 'cleanup' | 'use'>> = {
  'clusters.start': 'start',
  'clusters.pause': 'pause',
  'clusters.resume': 'resume',
  'clusters.stop': 'stop',
  'clusters.cleanup': 'cleanup',
  'kubeconfig.use': 'use',
};

type Action = NonNullable<Hint['action']>;

function subjectOf(action: Action): string | undefined {
  const { input } = action;
  const named = typeof input === 'object' && input !== null && 'name' in input;
  return named && typeof input.name === 'string' ? input.name : undefined;
}

/** A button that makes the hint's call. `prominent` for the first of them, unless it destroys something. */
export function HintButton({ hint, prominent }: { hint: Hint; prominent: boolean }) {
  const { t } = useTranslation();
  const { action } = hint;
  if (!action) return null;
  const name = subjectOf(action);
  const verb = verbs[action.call];
  const label = verb && name ? t('action.named', { action: t(`action.${verb}`), name }) : hint.text;
  if (action.call === 'clusters.delete') return name ? <DeleteHint name={name} /> : null;
  return <CallButton action={action} label={label} prominent={prominent} />;
}

function CallButton({ action, label, prominent }: { action: Action; label: string; prominent: boolean }) {
  const client = useClient();
  const { running, run } = useCall();
  return (
    <Button
      size="xs"
      variant={prominent ? 'filled' : 'default'}
      loading={running}
      onClick={() => void run(() => dispatch(client, action))}
    >
      {label}
    </Button>
  );
}

/** Deleting is never one click away: the dialog says first what will be lost. */
function DeleteHint({ name }: { name: string }) {
  const { t } = useTranslation();
  const cluster = useCluster(name);
  const [asking, setAsking] = useState(false);
  if (!cluster) return null;
  return (
    <>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t('action.deleteNamed', { name })}
      </Button>
      <DeleteDialog cluster={cluster} opened={asking} onClose={() => setAsking(false)} />
    </>
  );
}
