// The header: the mark, where the user is, the engine, language and theme.
import { ActionIcon, Menu, Tooltip, UnstyledButton, useComputedColorScheme } from '@mantine/core';
import { IconLanguage, IconMoon, IconSearch, IconSun } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { Logo } from '../parts/logo';
import { useCall } from '../parts/use-call';
import { useStores } from '../stores/app-context';
import { EnginePill } from './engine-pill';
import classes from './frame.module.css';
import { HelpButton } from './help-button';
import { hrefOf, type Route } from './route';
import { press } from './shortcuts/by-keys';
import { Keys } from './shortcuts/keys';
import { isMac, keys } from './shortcuts/shortcuts';

export function Header({ route }: { route: Route }) {
  const { t } = useTranslation();
  return (
    <header className={classes.header}>
      <a className={classes.mark} href={hrefOf({ screen: 'clusters' })} aria-label={t('app.home')}>
        <Logo size={26} />
        <span className={classes.name}>{t('app.name')}</span>
      </a>
      <Trail route={route} />
      <SearchButton />
      <EnginePill />
      <HelpButton route={route} />
      <LanguageSwitch />
      <ThemeSwitch />
    </header>
  );
}

/** The way into the palette for those who do not know its key yet. */
function SearchButton() {
  const { t } = useTranslation();
  return (
    <UnstyledButton
      className={classes.search}
      aria-label={t('palette.open')}
      aria-keyshortcuts={isMac() ? 'Meta+K' : 'Control+K'}
      onClick={() => press('palette')}
    >
      <IconSearch aria-hidden size={16} stroke={1.8} />
      <span className={classes.searchWord}>{t('palette.button')}</span>
      <span aria-hidden className={classes.searchKeys}>
        <Keys keys={keys.palette} />
      </span>
    </UnstyledButton>
  );
}

/** The way from a place of the navigation to here, where here is below one. */
function Trail({ route }: { route: Route }) {
  const { t } = useTranslation();
  const below = belowOf(route, t);
  if (!below) return <div className={classes.trail} />;
  const { from, here } = below;
  return (
    <nav className={classes.trail} aria-label={t('app.trail')}>
      <a href={hrefOf({ screen: from })}>{t(`nav.${from}`)}</a>
      <span aria-hidden className={classes.slash}>
        /
      </span>
      <span aria-current="page" className={classes.here} title={here}>
        {here}
      </span>
    </nav>
  );
}

function belowOf(route: Route, t: TFunction) {
  switch (route.screen) {
    case 'cluster':
      return { from: 'clusters', here: route.name } as const;
    case 'new-cluster':
      return { from: 'clusters', here: t('newCluster.title') } as const;
    case 'template-editor':
      return { from: 'templates', here: route.id } as const;
    case 'inside':
    case 'logs':
      return { from: 'kubeconfig', here: route.context } as const;
    default:
      return undefined;
  }
}

const choices = ['system', 'en', 'zh-CN'] as const;

function LanguageSwitch() {
  const { t } = useTranslation();
  const stores = useStores();
  const chosen = useStore(stores.settings, (settings) => settings.language);
  const { run } = useCall();
  return (
    <Menu>
      <Menu.Target>
        <Tooltip label={t('settings.language')}>
          <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('settings.language')}>
            <IconLanguage aria-hidden size={19} stroke={1.7} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup
          value={chosen}
          onChange={(value) => {
            const language = choices.find((choice) => choice === value);
            if (language) void run(() => stores.changeSettings({ language }));
          }}
        >
          {choices.map((language) => (
            <Menu.RadioItem key={language} value={language} closeMenuOnClick>
              {t(`language.${language}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation();
  const stores = useStores();
  const { run } = useCall();
  const dark = useComputedColorScheme('light') === 'dark';
  const label = t(dark ? 'settings.toLight' : 'settings.toDark');
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        aria-label={label}
        onClick={() => void run(() => stores.changeSettings({ theme: dark ? 'light' : 'dark' }))}
      >
        {dark ? <IconSun aria-hidden size={19} stroke={1.7} /> : <IconMoon aria-hidden size={19} stroke={1.7} />}
      </ActionIcon>
    </Tooltip>
  );
}
