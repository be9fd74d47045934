// Where the engine is: found by itself, or the address that the user gives.
import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EngineFacts } from '../../parts/engine-facts';
import { ErrorNotice } from '../../parts/error-notice';
import { ReconnectButton } from '../../parts/reconnect-button';
import { useCall } from '../../parts/use-call';
import { useEngine, useStores } from '../../stores/app-context';
import { isEngineHost } from './is-engine-host';
import classes from './settings.module.css';

export function EngineHost({ saved }: { saved: string }) {
  const { t } = useTranslation();
  const stores = useStores();
  const engine = useEngine();
  const { running, run } = useCall();
  const [host, setHost] = useState(saved);
  const bad = host.trim() !== '' && !isEngineHost(host.trim());
  const changed = host.trim() !== saved;

  function save(event: FormEvent) {
    event.preventDefault();
    if (!bad && changed) void run(() => stores.changeSettings({ engineHost: host.trim() }));
  }

  return (
    <>
      <form className={classes.host} onSubmit={save}>
        <TextInput
          className={classes.field ?? ''}
          label={t('settings.host')}
          description={t('settings.hostHint')}
          placeholder="unix:///var/run/docker.sock"
          value={host}
          error={bad && t('settings.hostBad')}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setHost(event.currentTarget.value)}
        />
        <Button type="submit" loading={running} disabled={bad || !changed}>
          {t('settings.save')}
        </Button>
      </form>
      {engine.state === 'unreachable' && <ErrorNotice error={engine.error} actions={<ReconnectButton />} />}
      <EngineFacts engine={engine} />
    </>
  );
}
