// The app around the screens: theme, language, stores, and what is shown before the core was ever reached.
import {
  createTheme,
  localStorageColorSchemeManager,
  MantineProvider,
  MantineThemeProvider,
  useMantineColorScheme,
} from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import type { i18n } from 'i18next';
import { useEffect, useMemo } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type Boathouse, BoathouseProvider, useBoathouse } from '../stores/app-context';
import { cssVariables, theme } from '../theme/theme';
import { Frame } from './frame';
import classes from './frame.module.css';
import { languageFor, showLanguage } from './language';
import { Refused } from './refused';

const colorSchemeManager = localStorageColorSchemeManager({ key: 'boathouse-theme' });

interface AppProps {
  boathouse: Boathouse;
  texts: i18n;
  /** `test`: without transitions. */
  env?: 'default' | 'test';
}

export function App({ boathouse, texts, env = 'default' }: AppProps) {
  return (
    <I18nextProvider i18n={texts}>
      <MantineProvider
        theme={theme}
        cssVariablesResolver={cssVariables}
        colorSchemeManager={colorSchemeManager}
        defaultColorScheme="auto"
        env={env}
      >
        <BoathouseProvider value={boathouse}>
          <Appearance texts={texts} />
          <Notices />
          <Gate />
        </BoathouseProvider>
      </MantineProvider>
    </I18nextProvider>
  );
}

/** Where notifications stand; their close buttons have a name. */
function Notices() {
  const { t } = useTranslation();
  const name = t('action.close');
  const named = useMemo(
    () => createTheme({ components: { Notification: { defaultProps: { closeButtonProps: { 'aria-label': name } } } } }),
    [name],
  );
  return (
    <MantineThemeProvider theme={named} inherit>
      <Notifications position="top-center" className={classes.notifications ?? ''} />
    </MantineThemeProvider>
  );
}

/** Makes the document look and read as the settings say. */
function Appearance({ texts }: { texts: i18n }) {
  const { stores } = useBoathouse();
  const { language, theme: wanted, density, heard: known } = useStore(stores.settings);
  const { setColorScheme } = useMantineColorScheme();
  useEffect(() => {
    if (known) void showLanguage(texts, languageFor(language, navigator.languages));
  }, [texts, language, known]);
  useEffect(() => {
    if (known) setColorScheme(wanted === 'system' ? 'auto' : wanted);
  }, [wanted, known, setColorScheme]);
  useEffect(() => {
    document.documentElement.dataset.density = density;
  }, [density]);
  return null;
}

/** A browser that the host never let in gets an explanation; one that was let in before keeps what it sees. */
function Gate() {
  const { connection, stores } = useBoathouse();
  const refused = useStore(connection.status, (status) => status.phase === 'refused');
  const heard = useStore(stores.clusters, (state) => state.heard);
  return refused && !heard ? <Refused /> : <Frame />;
}
