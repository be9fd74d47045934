// What could not be carried over between a template and another program's configuration, and why.
import { useTranslation } from 'react-i18next';
import type { NotCarried } from '../../../shared/model/template/conversion';
import { wordsOf } from '../../parts/sentence-words';
import classes from './templates.module.css';

export function LossList({ losses }: { losses: readonly NotCarried[] }) {
  const { t, i18n } = useTranslation();
  if (losses.length === 0) return <p className={classes.quiet}>{t('templates.nothingLost')}</p>;
  return (
    <section aria-label={t('templates.lost')}>
      <h3 className={classes.heading}>{t('templates.lost')}</h3>
      <ul className={classes.losses}>
        {losses.map(({ field, code, params, text }) => (
          <li key={`${field} ${code}`}>
            <span className="mono">{field}</span>
            <span>{wordsOf(i18n, `warnings.${code}`, params, text)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
