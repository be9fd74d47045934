// The frame of the app: header, navigation, the present screen, and the operations at the bottom.
import { Button, CloseButton } from '@mantine/core';
import { IconPlugConnectedX, IconRefreshAlert } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { laterUnseen } from '../parts/later';
import { useFormat } from '../parts/words';
import { useBoathouse, useConnectionPhase, useStores } from '../stores/app-context';
import { Announcer } from './announcer';
import classes from './frame.module.css';
import { Header } from './header';
import { LoopNotices } from './loop-notices';
import { Navigation } from './navigation';
import { OperationsPanel } from './operations-panel';
import { hrefOf, useRoute } from './route';
import { Screen } from './screen';
import { ByKeys } from './shortcuts/by-keys';
import { whenIdle } from './when-idle';

// What hears of dropped files: nothing of them is to be seen before.
const ArchiveDrop = laterUnseen(async () => (await import('../screens/cluster/images/archive-drop')).ArchiveDrop);
const ImportSheet = laterUnseen(async () => (await import('../screens/templates/import/import-sheet')).ImportSheet);

export function Frame() {
  const { t } = useTranslation();
  const route = useRoute();
  const main = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new screen begins at its top
  useEffect(() => {
    main.current?.scrollTo(0, 0);
  }, [route.screen]);

  return (
    <div className={classes.frame}>
      <button type="button" className={classes.skip} onClick={() => main.current?.focus()}>
        {t('app.skip')}
      </button>
      <Header route={route} />
      <Navigation route={route} />
      <div className={classes.center}>
        <StaleBanner />
        <RestartBanner />
        <main ref={main} tabIndex={-1} className={classes.main}>
          <Screen route={route} />
        </main>
      </div>
      <OperationsPanel hidden={route.screen === 'cluster' ? route.name : undefined} />
      <Drops />
      <Announcer />
      <LoopNotices route={route} />
      <ByKeys />
    </div>
  );
}

/** Fetched after what people came for is there. */
function Drops() {
  const heard = useStore(useStores().clusters, (state) => state.heard);
  const [wanted, setWanted] = useState(false);
  useEffect(() => (heard ? whenIdle(() => setWanted(true)) : undefined), [heard]);
  if (!wanted) return null;
  return (
    <>
      <ImportSheet />
      <ArchiveDrop />
    </>
  );
}

/** Says that the core broke down while this page was open, and is there again. */
function RestartBanner() {
  const { t } = useTranslation();
  const { timeOfDay } = useFormat();
  const at = useStore(useStores().about, ({ value }) => value?.restartedAt);
  const [closed, setClosed] = useState<number>();
  if (at === undefined || at === closed || at < performance.timeOrigin) return null;
  return (
    <div className={classes.stale} role="status">
      <IconRefreshAlert aria-hidden size={18} />
      <span>{t('restarted.text', { time: timeOfDay(at) })}</span>
      <Button size="compact-sm" variant="default" ml="auto" component="a" href={hrefOf({ screen: 'doctor' })}>
        {t('nav.doctor')}
      </Button>
      <CloseButton aria-label={t('action.close')} onClick={() => setClosed(at)} />
    </div>
  );
}

/** Says that what is on screen may be out of date, and what happens about it. */
function StaleBanner() {
  const { t } = useTranslation();
  const { connection } = useBoathouse();
  const phase = useConnectionPhase();
  if (phase === 'open' || phase === 'connecting') return null;
  return (
    <div className={classes.stale} role="status">
      <IconPlugConnectedX aria-hidden size={18} />
      <span>{t(phase === 'refused' ? 'stale.refused' : 'stale.lost')}</span>
      <Button size="compact-sm" variant="default" ml="auto" onClick={() => connection.retry()}>
        {t('action.tryNow')}
      </Button>
    </div>
  );
}
