// One change closely: the files that caused it, its stages in their time, and what failed where.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Change, Stage } from '../../../shared/model/devloop/loop';
import { Pasteable } from '../../parts/copy';
import { errorWords } from '../../parts/error-words';
import { remarkWords } from '../../parts/sentence-words';
import { useNow } from '../../parts/timeline/use-now';
import { useFormat } from '../../parts/words';
import classes from './loop.module.css';
import { shortPath } from './short-path';
import { spansOf } from './stations';

const marks = { added: '+', changed: '~', deleted: '−' } as const;

export function ChangeDetail({ change, dir }: { change: Change; dir: string }) {
  const { t } = useTranslation();
  const now = useNow(change.state === 'running');
  const { files, fileCount, stages } = change;
  const failed = stages.filter(({ error }) => error);
  return (
    <div className={classes.detail}>
      {files.length > 0 && (
        <section aria-label={t('dev.files')}>
          <h3 className={classes.part}>{t('dev.files')}</h3>
          <ul className={classes.files}>
            {files.map(({ path, kind }) => (
              <li key={path}>
                <span role="img" aria-label={t(`dev.fileKind.${kind}`)} className={classes.mark} data-kind={kind}>
                  {marks[kind]}
                </span>{' '}
                {path}
              </li>
            ))}
          </ul>
          {fileCount > files.length && (
            <Text className={classes.quiet}>{t('dev.more', { count: fileCount - files.length })}</Text>
          )}
        </section>
      )}
      {stages.length > 0 && (
        <section aria-label={t('dev.stages')} className={classes.wide}>
          <h3 className={classes.part}>{t('dev.stages')}</h3>
          <ol className={classes.spans}>
            {spansOf(change, now).map(({ stage, left, width }) => (
              <Span key={`${stage.kind} ${stage.subject}`} stage={stage} left={left} width={width} now={now} />
            ))}
          </ol>
        </section>
      )}
      {failed.map((stage) => (
        <Failure key={`${stage.kind} ${stage.subject}`} stage={stage} dir={dir} />
      ))}
    </div>
  );
}

function Span({ stage, left, width, now }: { stage: Stage; left: number; width: number; now: number }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const { kind, subject, state, startedAt = now, endedAt = now, note } = stage;
  return (
    <li className={classes.spanRow}>
      <span className={classes.spanName}>
        {t(`dev.stage.${kind}`)} {subject && <span className="mono">{subject}</span>}
      </span>
      <span className={classes.track}>
        <span
          className={classes.span}
          data-state={state}
          style={{ left: `${left * 100}%`, width: `${width * 100}%` }}
        />
      </span>
      <span className={classes.figure}>{format.duration((endedAt - startedAt) / 1000)}</span>
      {note && <span className={classes.note}>{remarkWords(i18n, note)}</span>}
    </li>
  );
}

/** What was wrong then; what is wrong now stands above all changes. */
function Failure({ stage: { kind, subject, error, place }, dir }: { stage: Stage; dir: string }) {
  const { t, i18n } = useTranslation();
  if (!error) return null;
  const { text } = errorWords(i18n, error);
  return (
    <section className={classes.wide} aria-label={t('dev.stationState.failed')}>
      <Text className={classes.failedText}>
        {t(`dev.stage.${kind}`)} {subject}{' '}
        {place && <span className="mono">{`${shortPath(dir, place.file)}:${place.line}`}</span>}
      </Text>
      <Text className={classes.failedText}>{text}</Text>
      {error.detail && <Pasteable text={error.detail} label={t('error.evidence')} height={180} />}
    </section>
  );
}
