// Opens a forward: which port of the target, which of this computer, whether next time as well.
import { Button, Checkbox, TextInput } from '@mantine/core';
import { IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../shared/model/errors';
import { forwardPortSchema } from '../../../shared/model/forwards';
import type { NamedTarget } from '../../../shared/model/pod-target';
import { errorDataOf } from '../../app/error-data';
import { useClient } from '../../stores/app-context';
import { ErrorNotice } from '../error-notice';
import classes from './forwards.module.css';

export function ForwardForm({ context, target }: { context: string; target: NamedTarget }) {
  const { t } = useTranslation();
  const client = useClient();
  const [port, setPort] = useState('');
  const [local, setLocal] = useState('');
  const [keep, setKeep] = useState(false);
  const [opening, setOpening] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const wantedPort = /^\d+$/.test(port) ? Number(port) : port;
  const portBad = port !== '' && !forwardPortSchema.safeParse(wantedPort).success;
  const localBad = local !== '' && !forwardPortSchema.safeParse(Number(local)).success;

  async function open(event: FormEvent) {
    event.preventDefault();
    if (portBad || localBad) return;
    setOpening(true);
    setError(undefined);
    try {
      await client.forwards.open({
        context,
        target,
        keep,
        ...(port !== '' && { port: wantedPort }),
        ...(local !== '' && { localPort: Number(local) }),
      });
    } catch (thrown) {
      setError(errorDataOf(thrown));
    } finally {
      setOpening(false);
    }
  }

  return (
    <>
      <form className={classes.form} onSubmit={(event) => void open(event)}>
        <TextInput
          size="xs"
          className={classes.port}
          label={t('forwards.port')}
          placeholder={t('forwards.only')}
          autoComplete="off"
          spellCheck={false}
          value={port}
          error={portBad && t('forwards.badPort')}
          onChange={(event) => setPort(event.currentTarget.value.trim())}
        />
        <TextInput
          size="xs"
          className={classes.port}
          label={t('forwards.local')}
          placeholder={t('forwards.any')}
          autoComplete="off"
          spellCheck={false}
          value={local}
          error={localBad && t('forwards.badPort')}
          onChange={(event) => setLocal(event.currentTarget.value.trim())}
        />
        <Button size="xs" type="submit" loading={opening} leftSection={<IconPlugConnected aria-hidden size={15} />}>
          {t('forwards.open')}
        </Button>
        <Checkbox
          size="xs"
          label={t('forwards.keep')}
          checked={keep}
          onChange={(event) => setKeep(event.currentTarget.checked)}
        />
      </form>
      {error && <ErrorNotice error={error} />}
    </>
  );
}
