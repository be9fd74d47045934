// Entries for screens and their tabs, and for what can be done wherever one is. Pure.
import type { TFunction } from 'i18next';
import { type Settings, settingsSchema } from '../../../shared/model/settings';
import { helpPages, type ImagesTab, imagesTabs, type Route } from '../route';
import type { Entry } from './entry';

const screens = [
  { screen: 'clusters', keys: 'g c', command: 'boathouse list' },
  { screen: 'templates', keys: 'g t', command: 'boathouse templates' },
  { screen: 'dev', keys: 'g d', command: 'boathouse dev' },
  { screen: 'kubeconfig', keys: 'g k', command: 'boathouse kubeconfig contexts' },
  { screen: 'doctor', keys: 'g h', command: 'boathouse doctor' },
  { screen: 'settings', keys: 'g s', command: 'boathouse settings' },
] as const;

const commandOfTab: Record<ImagesTab, string | undefined> = {
  engine: 'boathouse images list',
  registry: 'boathouse registry status',
  caches: 'boathouse caches list',
  mirrors: undefined,
  access: undefined,
  disk: 'boathouse disk usage',
};

export function placeEntries(t: TFunction): Entry[] {
  const go = (id: string, label: string, route: Route, more: Partial<Entry> = {}): Entry => ({
    id: `go ${id}`,
    group: 'screens',
    label,
    deed: { do: 'go', route },
    ...more,
  });
  return [
    ...screens.map(({ screen, keys, command }) =>
      go(screen, t(`nav.${screen}`), { screen }, { keys, command, words: screen }),
    ),
    ...imagesTabs.map((tab) =>
      go(
        `images ${tab}`,
        `${t('nav.images')}${t('colon')}${t(`images.tab.${tab}`)}`,
        { screen: 'images', tab },
        {
          words: `images ${tab}`,
          ...(tab === imagesTabs[0] && { keys: 'g i' }),
          ...(commandOfTab[tab] !== undefined && { command: commandOfTab[tab] }),
        },
      ),
    ),
    ...helpPages.map((page) =>
      go(
        `help ${page}`,
        `${t('help.title')}${t('colon')}${t(`help.page.${page}`)}`,
        { screen: 'help', page },
        {
          words: `help docs ${page}`,
          minor: true,
        },
      ),
    ),
  ];
}

export function everywhereEntries(t: TFunction): Entry[] {
  return [
    {
      id: 'new',
      group: 'actions',
      label: t('newCluster.title'),
      words: 'new create cluster',
      keys: 'n',
      command: 'boathouse create',
      deed: { do: 'go', route: { screen: 'new-cluster' } },
    },
    {
      id: 'ask-doctor',
      group: 'actions',
      label: t('palette.askDoctor'),
      words: 'doctor check diagnose',
      command: 'boathouse doctor',
      deed: { do: 'ask-doctor' },
    },
    {
      id: 'reconnect',
      group: 'actions',
      label: t('palette.reconnect'),
      words: 'docker engine reconnect',
      deed: { do: 'reconnect' },
    },
    {
      id: 'shortcuts',
      group: 'actions',
      label: t('shortcuts.title'),
      words: 'keyboard shortcuts keys help',
      keys: '?',
      deed: { do: 'shortcuts' },
    },
  ];
}

/** Settings that are more than a choice: the screen is where they are made. */
const placesOfSettings = [
  { name: 'settings.engine', words: 'docker engine address host' },
  { name: 'settings.defaultTemplate', words: 'default template' },
  { name: 'settings.switchContext', words: 'kubeconfig current context switch' },
  { name: 'settings.proxies', words: 'proxy proxies http https' },
  { name: 'settings.certificates', words: 'certificates authority ca pem trust' },
  { name: 'settings.diskBudgetLabel', words: 'disk budget' },
  { name: 'settings.notifications', words: 'notifications' },
  { name: 'settings.experiments', words: 'experiments experimental' },
  { name: 'settings.telemetry', words: 'telemetry privacy' },
  { name: 'settings.export', words: 'export settings' },
  { name: 'settings.reset', words: 'reset settings' },
] as const;

/** One entry for each choice that is not the present one. */
export function settingEntries(t: TFunction, settings: Settings): Entry[] {
  const { language, theme, density } = settingsSchema.shape;
  const entry = (name: string, value: string, label: string, change: Partial<Settings>): Entry => ({
    id: `set ${name} ${value}`,
    group: 'settings',
    label,
    words: `settings ${name} ${value}`,
    command: `boathouse settings set ${name} ${value}`,
    deed: { do: 'set', change },
  });
  return [
    ...theme
      .unwrap()
      .options.filter((value) => value !== settings.theme)
      .map((value) =>
        entry('theme', value, `${t('settings.theme')}${t('colon')}${t(`theme.${value}`)}`, { theme: value }),
      ),
    ...language
      .unwrap()
      .options.filter((value) => value !== settings.language)
      .map((value) =>
        entry('language', value, `${t('settings.language')}${t('colon')}${t(`language.${value}`)}`, {
          language: value,
        }),
      ),
    ...density
      .unwrap()
      .options.filter((value) => value !== settings.density)
      .map((value) =>
        entry('density', value, `${t('settings.density')}${t('colon')}${t(`density.${value}`)}`, { density: value }),
      ),
    ...placesOfSettings.map(
      ({ name, words }): Entry => ({
        id: `setting ${name}`,
        group: 'settings',
        label: t(name),
        words: `settings ${words}`,
        minor: true,
        deed: { do: 'go', route: { screen: 'settings' } },
      }),
    ),
  ];
}
