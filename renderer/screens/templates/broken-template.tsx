// A file of the user's that is no template yet: what is wrong with it and where, and its text.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { CopyText, Pasteable } from '../../parts/copy';
import { ProblemList } from '../../parts/template-text/problem-list';
import { ReaderActions } from './reader-actions';
import classes from './templates.module.css';

export function BrokenTemplate({ entry }: { entry: TemplateEntry }) {
  const { t } = useTranslation();
  return (
    <article className={classes.reader} aria-labelledby="template-title">
      <div className={classes.head}>
        <div>
          <h2 id="template-title" className={classes.title}>
            {entry.id}
          </h2>
          <Text c="dimmed">{t('templates.brokenText')}</Text>
          {entry.file && <CopyText text={entry.file} what={t('templates.file')} />}
        </div>
        <ReaderActions entry={entry} />
      </div>
      <ProblemList problems={entry.problems} />
      <Pasteable text={entry.yaml} label={t('templates.yaml')} height="50vh" />
    </article>
  );
}
