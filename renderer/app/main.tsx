// Starts the renderer: opens the channel to the core, begins to follow it, and draws the app.
import './without-eval';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@mantine/spotlight/styles.css';
import '../theme/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { loadAll } from '../parts/later';
import type { Boathouse } from '../stores/app-context';
import { startStores } from '../stores/stores';
import { App } from './app';
import { openChannel } from './channels';
import { connect } from './connection';
import { createTexts, loadLanguage, rememberedLanguage, showLanguage } from './language';
import { reloadForToken } from './session';
import { askForStylesAgain } from './styles-again';
import { whenIdle } from './when-idle';

/** The core; or, while developing, a stand-in of it: `?stand-in=populated`. */
async function openBoathouse(): Promise<Boathouse> {
  const world = import.meta.env.DEV ? new URLSearchParams(window.location.search).get('stand-in') : null;
  if (import.meta.env.DEV && world !== null) {
    const { standInPage } = await import('./stand-in-page');
    if (new URLSearchParams(window.location.search).has('pseudo'))
      (await import('./pseudo-locale')).showPseudoLocale(texts);
    return standInPage(world);
  }
  reloadForToken();
  const connection = connect(openChannel());
  return { connection, stores: startStores(connection, new AbortController().signal) };
}

askForStylesAgain(window);
await loadLanguage(rememberedLanguage()).catch(() => {});
const texts = createTexts(rememberedLanguage());
void showLanguage(texts, rememberedLanguage());
const boathouse = await openBoathouse();
const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App boathouse={boathouse} texts={texts} />
    </StrictMode>,
  );
  whenHeard(boathouse, () => whenIdle(() => void loadAll()));
}

/** What people came for goes first: the other screens are fetched once there is something on this one. */
function whenHeard({ stores }: Boathouse, then: () => void): void {
  if (stores.clusters.getState().heard) {
    then();
    return;
  }
  const stop = stores.clusters.subscribe(({ heard }) => {
    if (!heard) return;
    stop();
    then();
  });
}
