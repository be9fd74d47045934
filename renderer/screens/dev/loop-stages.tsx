// The loop as stages: the present change on its way from a save to what runs, each stage with its time.
import {
  IconArrowNarrowRight,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleX,
  IconLoader2,
  IconPlayerStop,
} from '@tabler/icons-react';
import type { i18n } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Change, Loop } from '../../../shared/model/devloop/loop';
import { remarkWords } from '../../parts/sentence-words';
import { useNow } from '../../parts/timeline/use-now';
import { useFormat } from '../../parts/words';
import { useChangeWords } from './change-words';
import classes from './loop.module.css';
import { goesBySync, imageStations, type Station, stationOf } from './stations';

const icons = {
  idle: IconCircleDashed,
  running: IconLoader2,
  done: IconCircleCheck,
  failed: IconCircleX,
  cancelled: IconPlayerStop,
};

export function LoopStages({ loop }: { loop: Loop }) {
  const { t, i18n } = useTranslation();
  const words = useChangeWords();
  const [change] = loop.changes;
  const now = useNow(change?.state === 'running');
  const read = stationOf(change, 'read');
  const before: Station[] = read.state === 'idle' ? [] : [read];
  const sync = goesBySync(change);
  const way = sync ? [stationOf(change, 'sync')] : imageStations.map((name) => stationOf(change, name));
  const stations = [...before, ...way];
  return (
    <div>
      <ol className={classes.way} aria-label={t('dev.way')}>
        <li className={classes.save}>
          <span className={classes.stationName}>{change ? `#${change.number}` : t('dev.waySave')}</span>
          <span className={classes.saveWhat}>{change ? words.what(change) : t('dev.wayNone')}</span>
        </li>
        {stations.map((station) => (
          <StationBox key={station.name} station={station} now={now} />
        ))}
        <li className={classes.served} data-state={change?.state}>
          <IconArrowNarrowRight aria-hidden className={classes.arrow} size={18} />
          <span className={classes.servedText}>{change ? words.end(change) : ''}</span>
        </li>
      </ol>
      {/* Its place is kept, so that nothing below moves. */}
      <p className={classes.waits} role="status">
        {waitsFor(i18n, change, stations)}
      </p>
    </div>
  );
}

function waitsFor(texts: i18n, change: Change | undefined, stations: readonly Station[]): string {
  const note = stations.find(({ state }) => state === 'running')?.note;
  return change?.state === 'running' && note ? remarkWords(texts, note) : '';
}

function StationBox({ station: { name, state, startedAt, endedAt }, now }: { station: Station; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const Icon = icons[state];
  const took = startedAt === undefined ? '' : format.duration(Math.max(0, (endedAt ?? now) - startedAt) / 1000);
  return (
    <li className={classes.step}>
      <IconArrowNarrowRight aria-hidden className={classes.arrow} size={18} />
      <div className={classes.station} data-state={state}>
        <Icon role="img" aria-label={t(`dev.stationState.${state}`)} className={classes.stationIcon} size={16} />
        <span className={classes.stationName}>{t(`dev.station.${name}`)}</span>
        {took && <span className={classes.took}>{took}</span>}
      </div>
    </li>
  );
}
