// Which screen belongs to a route.
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { later } from '../parts/later';
import { Page } from '../parts/page';
import { ClustersScreen } from '../screens/clusters/clusters-screen';
import { UnlessBroken } from './broken';
import { hrefOf, type Route } from './route';

const ClusterScreen = later(async () => (await import('../screens/cluster/cluster-screen')).ClusterScreen);
const DevScreen = later(async () => (await import('../screens/dev/dev-screen')).DevScreen);
const DoctorScreen = later(async () => (await import('../screens/doctor/doctor-screen')).DoctorScreen);
const HelpScreen = later(async () => (await import('../screens/help/help-screen')).HelpScreen);
const ImagesScreen = later(async () => (await import('../screens/images/images-screen')).ImagesScreen);
const InsideScreen = later(async () => (await import('../screens/inside/inside-screen')).InsideScreen);
const KubeconfigScreen = later(async () => (await import('../screens/kubeconfig/kubeconfig-screen')).KubeconfigScreen);
const LogsScreen = later(async () => (await import('../screens/logs/logs-screen')).LogsScreen);
const NewClusterScreen = later(
  async () => (await import('../screens/new-cluster/new-cluster-screen')).NewClusterScreen,
);
const SettingsScreen = later(async () => (await import('../screens/settings/settings-screen')).SettingsScreen);
const TemplateEditorScreen = later(
  async () => (await import('../screens/template-editor/template-editor-screen')).TemplateEditorScreen,
);
const TemplatesScreen = later(async () => (await import('../screens/templates/templates-screen')).TemplatesScreen);

export function Screen({ route }: { route: Route }) {
  return (
    <UnlessBroken at={hrefOf(route)}>
      <ScreenOf route={route} />
    </UnlessBroken>
  );
}

function ScreenOf({ route }: { route: Route }) {
  switch (route.screen) {
    case 'clusters':
      return <ClustersScreen />;
    case 'new-cluster':
      return <NewClusterScreen template={route.template} />;
    case 'cluster':
      return <ClusterScreen key={route.name} name={route.name} tab={route.tab} />;
    case 'templates':
      return <TemplatesScreen id={route.id} />;
    case 'images':
      return <ImagesScreen tab={route.tab} />;
    case 'template-editor':
      return <TemplateEditorScreen key={route.id} id={route.id} />;
    case 'template-import':
      return (
        <TemplatesScreen
          importing={'url' in route ? route.url : undefined}
          opened={'file' in route ? route.file : undefined}
        />
      );
    case 'dev':
      return <DevScreen key={route.dir ?? ''} dir={route.dir} />;
    case 'kubeconfig':
      return <KubeconfigScreen />;
    case 'inside':
      return <InsideScreen key={hrefOf(route)} context={route.context} at={route.at} />;
    case 'logs':
      return <LogsScreen key={`${route.context} ${route.namespace} ${route.of}`} {...route} />;
    case 'doctor':
      return <DoctorScreen />;
    case 'settings':
      return <SettingsScreen />;
    case 'help':
      return <HelpScreen page={route.page} />;
    case 'unknown':
      return <UnknownScreen />;
  }
}

function UnknownScreen() {
  const { t } = useTranslation();
  return (
    <Page title={t('unknown.title')}>
      <Text>
        {t('unknown.text')}{' '}
        <Anchor underline="always" href={hrefOf({ screen: 'clusters' })}>
          {t('unknown.home')}
        </Anchor>
      </Text>
    </Page>
  );
}
