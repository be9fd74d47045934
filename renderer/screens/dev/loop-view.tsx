// One loop: its state, what steers it, what is broken, and its changes, logs, forwards and resources.
import { Button, Group, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loop } from '../../../shared/model/devloop/loop';
import { Copy } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';
import { Changes } from './changes';
import classes from './dev.module.css';
import { LoopLog } from './loop-log';

const loopTabs = ['changes', 'logs', 'forwards', 'resources'] as const;
type LoopTab = (typeof loopTabs)[number];

export function LoopView({ loop }: { loop: Loop }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<LoopTab>('changes');
  const { context, state, note, problems, watching } = loop;
  return (
    <section className={classes.card} aria-label={t('dev.loopIn', { name: context })}>
      <Group justify="space-between" mt="sm">
        <div>
          <Title order={2} className={classes.heading}>
            {t('dev.loopIn', { name: context })}
          </Title>
          <Text className={classes.quiet} role="status">
            {t(`dev.loopState.${state}`)}
            {note && ` · ${note}`}
          </Text>
          {watching.way === 'polling' && <Text className={classes.quiet}>{t('dev.polling')}</Text>}
        </div>
        <Steering loop={loop} />
      </Group>
      {problems.map(({ key, error }) => (
        <ErrorNotice key={key} error={error} />
      ))}
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => setTab(loopTabs.find((one) => one === value) ?? 'changes')}
      >
        <Tabs.List mb="sm" mt="sm">
          {loopTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`dev.loopTab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          {tab === 'changes' && <Changes loop={loop} />}
          {tab === 'logs' && <LoopLog id={loop.id} />}
          {tab === 'forwards' && <Forwards loop={loop} />}
          {tab === 'resources' && <Resources loop={loop} />}
        </Tabs.Panel>
      </Tabs>
    </section>
  );
}

function Steering({ loop: { id, state } }: { loop: Loop }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const over = state === 'ended' || state === 'stopping';
  const still = state === 'paused' || state === 'orphaned';
  const call = (what: Parameters<typeof run>[0]) => () => void run(what);
  return (
    <Group gap="xs">
      <Button
        variant="default"
        disabled={over || running}
        onClick={call(() => (still ? client.loops.resume({ id }) : client.loops.pause({ id })))}
      >
        {still ? t('dev.resume') : t('dev.pause')}
      </Button>
      <Button variant="default" disabled={over || still || running} onClick={call(() => client.loops.rebuild({ id }))}>
        {t('dev.rebuild')}
      </Button>
      <Button variant="default" disabled={over || running} onClick={call(() => client.loops.stop({ id, keep: true }))}>
        {t('dev.stopKeep')}
      </Button>
      <Button variant="default" disabled={over || running} onClick={call(() => client.loops.stop({ id, keep: false }))}>
        {t('dev.stop')}
      </Button>
    </Group>
  );
}

function Forwards({ loop: { forwards } }: { loop: Loop }) {
  const { t } = useTranslation();
  if (forwards.length === 0) return <Text className={classes.quiet}>{t('dev.noForwards')}</Text>;
  return (
    <ul className={classes.lines}>
      {forwards.map(({ resourceType, resourceName, namespace, port, url, address, localPort, note }) => {
        const here = url ?? (localPort === undefined ? '' : `${address ?? '127.0.0.1'}:${localPort}`);
        return (
          <li key={`${namespace}/${resourceType}/${resourceName}:${port}`}>
            <span className="mono">{`${here} → ${resourceType}/${resourceName}:${port}`}</span>
            {here && <Copy text={here} what={here} />}
            {url && (
              <Button component="a" href={url} target="_blank" rel="noreferrer" size="compact-sm" variant="subtle">
                {t('dev.open')}
              </Button>
            )}
            {note && <span className={classes.quiet}>{note}</span>}
          </li>
        );
      })}
    </ul>
  );
}

function Resources({ loop: { resources } }: { loop: Loop }) {
  const { t } = useTranslation();
  if (resources.length === 0) return <Text className={classes.quiet}>{t('dev.noResources')}</Text>;
  return (
    <ul className={classes.findings}>
      {resources.map(({ kind, namespace, name, state, note }) => (
        <li key={`${kind}/${namespace}/${name}`}>
          <span className="mono">{`${kind}/${name}`}</span>
          <span className={classes.quiet}>{namespace}</span>
          <span>{t(`dev.resource.${state}`)}</span>
          {note && <span className={classes.quiet}>{note}</span>}
        </li>
      ))}
    </ul>
  );
}
