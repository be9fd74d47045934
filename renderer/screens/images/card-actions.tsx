// The buttons of a registry or a cache: starting and stopping it, then what else can be done.
import { Button, Group } from '@mantine/core';
import { type Icon, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useCall } from '../../parts/use-call';

interface CardActionsProps {
  /** Of its container. */
  state: string;
  /** Something is being done to it. */
  busy: boolean;
  turn(verb: 'start' | 'stop'): Promise<unknown>;
  more?: readonly CardAction[];
  /** Dialogs of these. */
  children?: ReactNode;
}

interface CardAction {
  label: string;
  icon: Icon;
  disabled?: boolean;
  onClick(): void;
}

export function CardActions({ state, busy, turn, more = [], children }: CardActionsProps) {
  const { t } = useTranslation();
  const { running, run } = useCall();
  const verb = state === 'running' ? 'stop' : 'start';
  const TurnIcon = verb === 'stop' ? IconPlayerStop : IconPlayerPlay;
  return (
    <Group gap="xs">
      <Button
        variant="default"
        disabled={busy}
        loading={running}
        leftSection={<TurnIcon aria-hidden size={16} />}
        onClick={() => void run(() => turn(verb))}
      >
        {t(`action.${verb}`)}
      </Button>
      {more.map(({ label, icon: MoreIcon, disabled, onClick }) => (
        <Button
          key={label}
          variant="default"
          disabled={busy || disabled === true}
          leftSection={<MoreIcon aria-hidden size={16} />}
          onClick={onClick}
        >
          {label}
        </Button>
      ))}
      {children}
    </Group>
  );
}
