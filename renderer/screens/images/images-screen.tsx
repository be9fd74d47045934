// Images: where they are and where clusters get them from, a tab for each place.
import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type ImagesTab, imagesTabs, navigate } from '../../app/route';
import { ErrorNotice } from '../../parts/error-notice';
import { Page } from '../../parts/page';
import { ReconnectButton } from '../../parts/reconnect-button';
import { useEngine } from '../../stores/app-context';
import { AccessTab } from './access-tab';
import { CachesTab } from './caches-tab';
import { DiskTab } from './disk-tab';
import { EngineTab } from './engine-tab';
import { MirrorsTab } from './mirrors-tab';
import { RegistryTab } from './registry-tab';

/** What is in each tab. */
const panels: Record<ImagesTab, () => React.ReactNode> = {
  engine: EngineTab,
  registry: RegistryTab,
  caches: CachesTab,
  mirrors: MirrorsTab,
  access: AccessTab,
  disk: DiskTab,
};

export function ImagesScreen({ tab }: { tab: ImagesTab }) {
  const { t } = useTranslation();
  const engine = useEngine();
  if (engine.state === 'unreachable') {
    return (
      <Page title={t('nav.images')}>
        <ErrorNotice error={engine.error} actions={<ReconnectButton />} />
      </Page>
    );
  }
  const Panel = panels[tab];
  return (
    <Page title={t('nav.images')} lead={t('images.lead')}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(value) => {
          const chosen = imagesTabs.find((one) => one === value);
          if (chosen) navigate({ screen: 'images', tab: chosen });
        }}
      >
        <Tabs.List mb="lg">
          {imagesTabs.map((one) => (
            <Tabs.Tab key={one} value={one}>
              {t(`images.tab.${one}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={tab}>
          <Panel />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
