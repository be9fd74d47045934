// What steers a loop: pause and go on, build anew, end it and say what becomes of what it made; taking one that ended off the screen.
import { Button, Menu } from '@mantine/core';
import {
  IconChevronDown,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconTrash,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Loop } from '../../../shared/model/devloop/loop';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';

export function Steering({ loop: { id, state, resources } }: { loop: Loop }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  if (state === 'ended') {
    return (
      <Button variant="default" disabled={running} onClick={() => void run(() => client.loops.dismiss({ id }))}>
        {t('dev.dismiss')}
      </Button>
    );
  }
  const busy = state === 'stopping' || running;
  const still = state === 'paused' || state === 'orphaned';
  const stop = (keep: boolean) => () => void run(() => client.loops.stop({ id, keep }));
  return (
    <>
      <Button
        variant={still ? 'filled' : 'default'}
        disabled={busy}
        leftSection={still ? <IconPlayerPlay aria-hidden size={16} /> : <IconPlayerPause aria-hidden size={16} />}
        onClick={() => void run(() => (still ? client.loops.resume({ id }) : client.loops.pause({ id })))}
      >
        {still ? t('dev.resume') : t('dev.pause')}
      </Button>
      {!still && (
        <Button
          variant="default"
          disabled={busy}
          leftSection={<IconRefresh aria-hidden size={16} />}
          onClick={() => void run(() => client.loops.rebuild({ id }))}
        >
          {t('dev.rebuild')}
        </Button>
      )}
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button
            variant="default"
            loading={state === 'stopping'}
            disabled={busy}
            rightSection={<IconChevronDown aria-hidden size={15} />}
          >
            {t('dev.stopMenu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconTrash aria-hidden size={16} />} onClick={stop(false)}>
            {t('dev.stop', { count: resources.length })}
          </Menu.Item>
          <Menu.Item leftSection={<IconPlayerStop aria-hidden size={16} />} onClick={stop(true)}>
            {t('dev.stopKeep')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}
