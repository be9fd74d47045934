// The list of screens.
import {
  IconInfinity,
  IconKey,
  IconPackage,
  IconServer2,
  IconSettings,
  IconStethoscope,
  IconTemplate,
  type TablerIcon,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useStores } from '../stores/app-context';
import classes from './frame.module.css';
import { hrefOf, imagesTabs, type Route } from './route';

interface Place {
  screen: 'clusters' | 'templates' | 'images' | 'dev' | 'kubeconfig' | 'doctor' | 'settings';
  Icon: TablerIcon;
  /** Screens that belong to it. */
  covers: readonly Route['screen'][];
}

const places: readonly Place[] = [
  { screen: 'clusters', Icon: IconServer2, covers: ['clusters', 'cluster', 'new-cluster'] },
  { screen: 'templates', Icon: IconTemplate, covers: ['templates', 'template-import', 'template-editor'] },
  { screen: 'images', Icon: IconPackage, covers: ['images'] },
  { screen: 'dev', Icon: IconInfinity, covers: ['dev'] },
  { screen: 'kubeconfig', Icon: IconKey, covers: ['kubeconfig', 'inside', 'logs'] },
  { screen: 'doctor', Icon: IconStethoscope, covers: ['doctor'] },
  { screen: 'settings', Icon: IconSettings, covers: ['settings'] },
];

export function Navigation({ route }: { route: Route }) {
  const { t } = useTranslation();
  const checks = useStore(useStores().checks, (answer) => answer.value);
  const problems = checks?.filter((check) => check.verdict === 'problem' && !check.muted).length ?? 0;
  return (
    <nav className={classes.navigation} aria-label={t('nav.label')}>
      {places.map(({ screen, Icon, covers }) => (
        <a
          key={screen}
          className={classes.place}
          data-last={screen === 'settings' || undefined}
          href={hrefOf(screen === 'images' ? { screen, tab: imagesTabs[0] } : { screen })}
          aria-current={covers.includes(route.screen) ? 'page' : undefined}
        >
          <Icon aria-hidden size={19} stroke={1.7} />
          <span className={classes.placeName}>{t(`nav.${screen}`)}</span>
          {screen === 'doctor' && problems > 0 && (
            <span className={classes.count}>
              <span aria-hidden>{problems}</span>
              <span className={classes.hidden}>{t('nav.problems', { count: problems })}</span>
            </span>
          )}
        </a>
      ))}
    </nav>
  );
}
