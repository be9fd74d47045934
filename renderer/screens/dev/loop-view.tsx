// One loop: its state, what steers it, its stages, what is broken, and its changes, logs, forwards and resources.
import { Alert, Anchor, Button, Tabs, Text, Title } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Loop, LoopProblem } from '../../../shared/model/devloop/loop';
import { hrefOf } from '../../app/route';
import { LoopBadge } from '../../parts/badge';
import { ErrorNotice } from '../../parts/error-notice';
import { remarkWords } from '../../parts/sentence-words';
import { useFormat } from '../../parts/words';
import { useLoops } from '../../stores/app-context';
import { Changes } from './changes';
import classes from './loop.module.css';
import { Forwards } from './loop-forwards';
import { LoopLog } from './loop-log';
import { Resources } from './loop-resources';
import { LoopStages } from './loop-stages';
import { Steering } from './loop-steering';
import { shortPath } from './short-path';

const loopTabs = ['changes', 'logs', 'forwards', 'resources'] as const;
type LoopTab = (typeof loopTabs)[number];

export function LoopView({ loop }: { loop: Loop }) {
  const { t, i18n } = useTranslation();
  const { context, state, problems, watching, resources } = loop;
  const title = t('dev.loopIn', { name: context });
  return (
    <section className={classes.loop} aria-label={title}>
      <div className={classes.head}>
        <div>
          <div className={classes.title}>
            <Title order={2} className={classes.heading}>
              {title}
            </Title>
            <LoopBadge state={state} broken={problems.length > 0} />
          </div>
          <Text className={classes.quiet}>
            <About loop={loop} />
          </Text>
        </div>
        <div className={classes.acts}>
          <OpenService loop={loop} />
          <Steering loop={loop} />
        </div>
      </div>
      {state === 'orphaned' && <Alert color="yellow">{t('dev.orphanedText', { count: resources.length })}</Alert>}
      {watching.way === 'polling' && (
        <Text className={classes.quiet}>
          {t('dev.polling')} {watching.why && remarkWords(i18n, watching.why)}
        </Text>
      )}
      {state === 'orphaned' ? (
        <Resources loop={loop} />
      ) : (
        <>
          <LoopStages loop={loop} />
          {problems.map((problem) => (
            <Problem key={problem.key} problem={problem} dir={loop.dir} />
          ))}
          <Look loop={loop} />
        </>
      )}
    </section>
  );
}

function Look({ loop }: { loop: Loop }) {
  const { t } = useTranslation();
  const [tab, setTab] = useState<LoopTab>('changes');
  const { forwards, changes, resources } = loop;
  const counts = { changes: changes.length, forwards: forwards.length, resources: resources.length };
  return (
    <Tabs
      value={tab}
      keepMounted={false}
      onChange={(value) => setTab(loopTabs.find((one) => one === value) ?? 'changes')}
    >
      <Tabs.List mb="sm">
        {loopTabs.map((one) => (
          <Tabs.Tab key={one} value={one}>
            {t(`dev.loopTab.${one}`)}
            {one !== 'logs' && counts[one] > 0 && <span className={classes.count}> {counts[one]}</span>}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value={tab}>
        {tab === 'changes' && <Changes loop={loop} />}
        {tab === 'logs' && <LoopLog loop={loop} />}
        {tab === 'forwards' && <Forwards loop={loop} />}
        {tab === 'resources' && <Resources loop={loop} />}
      </Tabs.Panel>
    </Tabs>
  );
}

function About({ loop: { namespace, profiles, watching, sync, note, state } }: { loop: Loop }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  if (note) return remarkWords(i18n, note);
  const parts = [
    t('dev.namespace', { name: namespace }),
    ...(state === 'watching' || state === 'working' || state === 'starting'
      ? [t('dev.watched', { count: watching.files, files: format.number(watching.files, 0) })]
      : []),
    ...(profiles.length > 0 ? [t('dev.withProfiles', { names: format.list(profiles) })] : []),
    ...(sync ? [] : [t('dev.withoutSync')]),
  ];
  return parts.join(' · ');
}

/** The first that speaks HTTP: those that the project declares come first. */
function OpenService({ loop: { forwards } }: { loop: Loop }) {
  const { t } = useTranslation();
  const open = forwards.filter(({ url, state }) => url && state === 'open');
  const first = open.find(({ declared }) => declared) ?? open[0];
  if (!first?.url) return null;
  return (
    <Button
      component="a"
      href={first.url}
      target="_blank"
      rel="noreferrer"
      leftSection={<IconExternalLink aria-hidden size={16} />}
    >
      {t('dev.openService', { name: first.resourceName })}
    </Button>
  );
}

/** The loop that an object belongs to already, where it is one of this core's. */
function Owner({ id }: { id: string }) {
  const { t } = useTranslation();
  const owner = useLoops().loops.find((loop) => loop.id === id);
  if (!owner) return null;
  const { dir, name, context, namespace } = owner;
  return (
    <Text className={classes.owner}>
      {t('dev.ownedBy', { place: context, namespace })} <Anchor href={hrefOf({ screen: 'dev', dir })}>{name}</Anchor>
    </Text>
  );
}

/** Stays until it is mended. */
function Problem({ problem: { stage, subject, place, since, error }, dir }: { problem: LoopProblem; dir: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div>
      <div className={classes.problemHead}>
        {stage && <span>{t(`dev.stage.${stage}`)}</span>}
        {subject && <span className="mono">{subject}</span>}
        {place && <span className="mono">{`${shortPath(dir, place.file)}:${place.line}`}</span>}
        <span className={classes.quiet}>{t('dev.since', { when: format.timeOfDay(since) })}</span>
      </div>
      <ErrorNotice error={error} />
      {error.code === 'busy' && <Owner id={String(error.params?.operation)} />}
    </div>
  );
}
