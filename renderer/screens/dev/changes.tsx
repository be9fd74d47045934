// The changes of a loop, the newest first: which files, what each stage took, when it was served, what failed.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Change, Loop, Stage } from '../../../shared/model/devloop/loop';
import { ErrorNotice } from '../../parts/error-notice';
import { useFormat } from '../../parts/words';
import classes from './dev.module.css';
import { shortPath } from './short-path';

export function Changes({ loop: { changes, dir } }: { loop: Loop }) {
  const { t } = useTranslation();
  if (changes.length === 0) return <Text className={classes.quiet}>{t('dev.noChanges')}</Text>;
  return (
    <ol className={classes.changes}>
      {changes.map((change) => (
        <ChangeRow key={change.number} change={change} dir={dir} />
      ))}
    </ol>
  );
}

function ChangeRow({ change, dir }: { change: Change; dir: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { number, cause, files, fileCount, state, way, servedAfter, stages } = change;
  const [first] = files;
  const what = cause === 'files' && first ? first.path : t(`dev.cause.${cause}`);
  const end =
    state === 'done' && servedAfter !== undefined
      ? t('dev.served', { time: format.duration(servedAfter / 1000) })
      : state === 'done' && way === 'nothing'
        ? t('dev.nothing')
        : t(`dev.changeState.${state}`);
  return (
    <li className={classes.change} data-state={state}>
      <div className={classes.changeHead}>
        <span className="mono">{`#${number}`}</span>
        <span className="mono">{what}</span>
        {fileCount > 1 && <span className={classes.quiet}>{t('dev.more', { count: fileCount - 1 })}</span>}
        <span className={classes.stages}>
          {stages.map((stage) => (
            <StageMark key={`${stage.kind} ${stage.subject}`} stage={stage} />
          ))}
        </span>
        <span className={classes.end}>{end}</span>
      </div>
      {stages.map(
        ({ kind, subject, error, place }) =>
          error && (
            <div key={`${kind} ${subject}`}>
              {place && <span className={classes.place}>{`${shortPath(dir, place.file)}:${place.line}`}</span>}
              <ErrorNotice error={error} />
            </div>
          ),
      )}
    </li>
  );
}

function StageMark({ stage: { kind, subject, state, startedAt, endedAt, note } }: { stage: Stage }) {
  const { t } = useTranslation();
  const format = useFormat();
  const took = startedAt !== undefined && endedAt !== undefined ? format.duration((endedAt - startedAt) / 1000) : '';
  return (
    <span className={classes.stage} data-state={state} title={[subject, note].filter(Boolean).join(' · ')}>
      {t(`dev.stage.${kind}`)} {state === 'running' ? (note ?? t('dev.changeState.running')) : took}
    </span>
  );
}
