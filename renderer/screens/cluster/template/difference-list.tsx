// What a cluster and a template differ in: where, what it is and shall be, how it can be had.
import { IconArrowRight } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../../../shared/model/apply';
import { EffortBadge } from '../../../parts/badge';
import { wordsOf } from '../../../parts/sentence-words';
import classes from './template.module.css';

export function DifferenceList({ differences, label }: { differences: readonly Difference[]; label: string }) {
  const { i18n } = useTranslation();
  return (
    <ul className={classes.differences} aria-label={label}>
      {differences.map((difference) => {
        const { effort, field, what } = difference;
        return (
          <li key={`${field} ${what.code}`} className={classes.difference}>
            <div className={classes.head}>
              <span className={`mono ${classes.field}`}>{field}</span>
              <EffortBadge effort={effort} />
            </div>
            <Values difference={difference} />
            <div className={classes.what}>{wordsOf(i18n, `differences.${what.code}`, what.params, what.text)}</div>
          </li>
        );
      })}
    </ul>
  );
}

function Values({ difference: { from, to } }: { difference: Difference }) {
  const { t } = useTranslation();
  if (from === undefined && to === undefined) return null;
  return (
    <div className={`mono ${classes.values}`}>
      <span className={classes.from}>{from ?? t('apply.unset')}</span>
      <IconArrowRight role="img" aria-label={t('apply.becomes')} size={14} />
      <span className={classes.to}>{to ?? t('apply.unset')}</span>
    </div>
  );
}
