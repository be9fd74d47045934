// What the user can set: language, theme, where the engine is; and which Boathouse this is.
import { SegmentedControl, Text } from '@mantine/core';
import type { PropsWithChildren } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { Settings } from '../../../shared/model/settings';
import facts from '../../parts/facts.module.css';
import { Page } from '../../parts/page';
import { useCall } from '../../parts/use-call';
import { useStores } from '../../stores/app-context';
import { EngineHost } from './engine-host';
import classes from './settings.module.css';

const languages = ['system', 'en', 'zh-CN'] as const;
const themes = ['system', 'light', 'dark'] as const;

export function SettingsScreen() {
  const { t } = useTranslation();
  const stores = useStores();
  const settings = useStore(stores.settings);
  const { run } = useCall();
  const change = (fields: Partial<Settings>) => void run(() => stores.changeSettings(fields));
  return (
    <Page title={t('nav.settings')}>
      <Setting title={t('settings.language')}>
        <SegmentedControl
          aria-label={t('settings.language')}
          value={settings.language}
          onChange={(language) => change({ language })}
          data={languages.map((value) => ({ value, label: t(`language.${value}`) }))}
        />
      </Setting>
      <Setting title={t('settings.theme')}>
        <SegmentedControl
          aria-label={t('settings.theme')}
          value={settings.theme}
          onChange={(theme) => change({ theme })}
          data={themes.map((value) => ({ value, label: t(`theme.${value}`) }))}
        />
      </Setting>
      <Setting title={t('settings.engine')}>
        <EngineHost key={settings.engineHost} saved={settings.engineHost} />
      </Setting>
      <About />
    </Page>
  );
}

function Setting({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <section className={classes.setting}>
      <h2 className={classes.heading}>{title}</h2>
      <div className={classes.control}>{children}</div>
    </section>
  );
}

function About() {
  const { t } = useTranslation();
  const about = useStore(useStores().about, (answer) => answer.value);
  if (!about) return null;
  return (
    <Setting title={t('settings.about')}>
      <dl className={facts.facts}>
        <dt>{t('settings.version')}</dt>
        <dd className="numbers">{about.version}</dd>
        <dt>{t('settings.runsIn')}</dt>
        <dd>{t(`shell.${about.shell}`)}</dd>
      </dl>
      <Text size="sm" c="dimmed">
        {t('settings.license')}
      </Text>
    </Setting>
  );
}
