// The loops of a project: each that runs, and starting one in a context, also in one that is not on this computer when it is named.
import { Button, Checkbox, Collapse, Group, Select, TextInput, Title, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Touches } from '../../../shared/model/devloop/loop';
import type { ErrorData } from '../../../shared/model/errors';
import { isLocalOrigin } from '../../../shared/model/kubeconfig';
import { errorDataOf } from '../../app/error-data';
import { ErrorNotice } from '../../parts/error-notice';
import { useClient } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import { AllowContext } from './allow-context';
import classes from './loop.module.css';

interface StartPanelProps {
  dir: string;
  name: string;
  profiles: readonly string[];
  /** One runs already: this would be another. */
  another: boolean;
}

const touchNames = ['noGrace', 'quickProbes', 'noRequests', 'restart'] as const;
const allTouches: Touches = { noGrace: true, quickProbes: true, noRequests: true, restart: false };

export function StartPanel({ dir, name, profiles, another }: StartPanelProps) {
  const { t } = useTranslation();
  const client = useClient();
  const contexts = useContexts();
  const [chosen, setChosen] = useState<string | null>(null);
  const [namespace, setNamespace] = useState('');
  const [sync, setSync] = useState(true);
  const [touches, setTouches] = useState(allTouches);
  const [more, setMore] = useState(false);
  const [open, setOpen] = useState(false);
  const [running, setRunning] = useState(false);
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<ErrorData>();
  const context = chosen ?? contexts?.current ?? null;

  async function start(allowContext: boolean): Promise<void> {
    if (!context) return;
    askForNotices();
    setRunning(true);
    setError(undefined);
    const asked = namespace.trim();
    try {
      const request = { dir, context, profiles: [...profiles], sync, touches, allowContext };
      await client.loops.start({ ...request, ...(asked && { namespace: asked }) });
      setAsking(false);
      await client.devloop.remember({ dir, name, context, profiles: [...profiles] });
    } catch (thrown) {
      const data = errorDataOf(thrown);
      if (data.params?.why === 'not-local') setAsking(true);
      else setError(data);
    } finally {
      setRunning(false);
    }
  }

  if (another && !open) {
    return (
      <UnstyledButton className={classes.fold} aria-expanded={false} onClick={() => setOpen(true)}>
        <IconChevronRight aria-hidden className={classes.chevron} size={15} />
        {t('dev.startAnother')}
      </UnstyledButton>
    );
  }
  return (
    <section className={classes.start} aria-label={t('dev.startHead')}>
      <Title order={2} className={classes.heading}>
        {another ? t('dev.startAnother') : t('dev.startHead')}
      </Title>
      <Group align="flex-end" gap="md">
        <Select
          label={t('dev.context')}
          data={contexts?.groups(t('dev.local'), t('dev.elsewhere')) ?? []}
          value={context}
          onChange={setChosen}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t('dev.noContext')}
          w={280}
        />
        <TextInput
          label={t('dev.namespaceHead')}
          placeholder={t('dev.namespaceOwn')}
          value={namespace}
          onChange={(event) => setNamespace(event.currentTarget.value)}
          w={200}
        />
        <Button
          loading={running}
          disabled={!context}
          variant={another ? 'default' : 'filled'}
          leftSection={<IconPlayerPlay aria-hidden size={16} />}
          onClick={() => void start(false)}
        >
          {t('dev.start')}
        </Button>
      </Group>
      <div>
        <UnstyledButton className={classes.fold} aria-expanded={more} onClick={() => setMore(!more)}>
          <IconChevronRight aria-hidden className={classes.chevron} data-open={more || undefined} size={15} />
          {t('dev.options')}
        </UnstyledButton>
        <Collapse expanded={more}>
          <div className={classes.options}>
            <Checkbox label={t('dev.sync')} checked={sync} onChange={(event) => setSync(event.currentTarget.checked)} />
            {touchNames.map((one) => (
              <Checkbox
                key={one}
                label={t(`dev.touch.${one}`)}
                checked={touches[one]}
                onChange={(event) => setTouches({ ...touches, [one]: event.currentTarget.checked })}
              />
            ))}
          </div>
        </Collapse>
      </div>
      {error && <ErrorNotice error={error} />}
      {asking && context && (
        <AllowContext
          context={context}
          running={running}
          onClose={() => setAsking(false)}
          onAllow={() => void start(true)}
        />
      )}
    </section>
  );
}

/** Once, and only for those who run a loop: its breaks are told by the system while the window is away. */
function askForNotices(): void {
  if (typeof Notification !== 'undefined' && Notification.permission === 'default')
    void Notification.requestPermission();
}

/** The contexts of the kubeconfig, those on this computer first. */
function useContexts() {
  const view = useTopic('kubeconfig', (core, _subject, signal) => core.kubeconfig.watch(undefined, { signal }));
  if (!view) return undefined;
  const names = (remote: boolean) =>
    view.contexts.filter(({ origin }) => isLocalOrigin(origin) !== remote).map(({ name }) => name);
  return {
    current: view.contexts.find(({ current }) => current)?.name,
    groups: (here: string, elsewhere: string) =>
      [
        { group: here, items: names(false) },
        { group: elsewhere, items: names(true) },
      ].filter(({ items }) => items.length > 0),
  };
}
