// What changes in which file, line by line; signs and words say it as well as colours.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FileDiff } from '../../shared/model/diff';
import classes from './diff-view.module.css';

const signs = { same: ' ', gone: '-', new: '+' } as const;

export function DiffView({ files }: { files: readonly FileDiff[] }) {
  const { t } = useTranslation();
  if (files.length === 0) return <Text c="dimmed">{t('diff.nothing')}</Text>;
  return files.map(({ file, hunks }) => (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <figure key={file} className={classes.diff} tabIndex={0} aria-label={t('diff.changesIn', { file })}>
      <div className={classes.file}>{file}</div>
      {hunks.map(({ line, lines }) => (
        <pre key={line} className={classes.hunk}>
          {lines.map(({ kind, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines have no other name
            <span key={index} className={classes.line} data-kind={kind}>
              {kind === 'gone' && <span className={classes.hidden}>{t('diff.lineGone')}</span>}
              {kind === 'new' && <span className={classes.hidden}>{t('diff.lineNew')}</span>}
              <span aria-hidden={kind !== 'same'}>{signs[kind]}</span>
              {text}
              {'\n'}
            </span>
          ))}
        </pre>
      ))}
    </figure>
  ));
}
