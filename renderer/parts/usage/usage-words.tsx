// CPU and memory as words, each with a line of its last minutes.
import { useTranslation } from 'react-i18next';
import type { Usage } from '../../../shared/model/node-facts';
import { useFormat } from '../words';
import { Sparkline } from './sparkline';
import classes from './usage.module.css';

export function UsageWords({ usage, history }: { usage: Usage; history: readonly Usage[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const figures = [
    ['cpu', t('usage.cpu', { value: format.number(usage.cpus, 2) }), history.map(({ cpus }) => cpus)],
    ['memory', t('usage.memory', { value: format.size(usage.memory) }), history.map(({ memory }) => memory)],
  ] as const;
  return (
    <span className={classes.usage}>
      {figures.map(([key, words, values]) => (
        <span key={key} className={classes.figure}>
          <span className="numbers">{words}</span>
          {values.length > 1 && <Sparkline values={values} label={t('usage.line', { what: words })} />}
        </span>
      ))}
    </span>
  );
}
