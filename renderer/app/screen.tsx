// Which screen belongs to a route.
import { Anchor, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Page } from '../parts/page';
import { ClusterScreen } from '../screens/cluster/cluster-screen';
import { ClustersScreen } from '../screens/clusters/clusters-screen';
import { DoctorScreen } from '../screens/doctor/doctor-screen';
import { ImagesScreen } from '../screens/images/images-screen';
import { InsideScreen } from '../screens/inside/inside-screen';
import { KubeconfigScreen } from '../screens/kubeconfig/kubeconfig-screen';
import { LogsScreen } from '../screens/logs/logs-screen';
import { NewClusterScreen } from '../screens/new-cluster/new-cluster-screen';
import { SettingsScreen } from '../screens/settings/settings-screen';
import { TemplateEditorScreen } from '../screens/template-editor/template-editor-screen';
import { TemplatesScreen } from '../screens/templates/templates-screen';
import { hrefOf, type Route } from './route';

export function Screen({ route }: { route: Route }) {
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
      return <TemplatesScreen importing={route.url} />;
    case 'kubeconfig':
      return <KubeconfigScreen />;
    case 'inside':
      return <InsideScreen key={route.context} context={route.context} />;
    case 'logs':
      return <LogsScreen key={`${route.context} ${route.namespace} ${route.of}`} {...route} />;
    case 'doctor':
      return <DoctorScreen />;
    case 'settings':
      return <SettingsScreen />;
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
