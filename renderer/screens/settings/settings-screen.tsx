// What the user can set; and which Boathouse this is.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import facts from '../../parts/facts.module.css';
import { Page } from '../../parts/page';
import { useStores } from '../../stores/app-context';
import { AppItself } from './app-itself';
import { Appearance } from './appearance';
import { EngineHost } from './engine-host';
import { Exchange } from './exchange';
import { NewClusters } from './new-clusters';
import { Group, Setting } from './setting';
import { useSettings } from './use-change';

export function SettingsScreen() {
  const { t } = useTranslation();
  const { settings } = useSettings();
  return (
    <Page title={t('nav.settings')}>
      <Appearance />
      <Group title={t('settings.group.engine')}>
        <Setting title={t('settings.engine')}>
          <EngineHost key={settings.engineHost} saved={settings.engineHost} />
        </Setting>
      </Group>
      <NewClusters />
      <AppItself />
      <Exchange />
      <About />
    </Page>
  );
}

function About() {
  const { t } = useTranslation();
  const about = useStore(useStores().about, (answer) => answer.value);
  if (!about) return null;
  return (
    <Group title={t('settings.about')}>
      <Setting title={t('app.name')}>
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
    </Group>
  );
}
