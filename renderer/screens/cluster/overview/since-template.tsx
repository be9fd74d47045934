// What the template said and what has changed since: a line, and the differences on request.
import { Anchor, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '../../../../shared/model/apply';
import type { Cluster } from '../../../../shared/model/cluster';
import { hrefOf } from '../../../app/route';
import { wordsOf } from '../../../parts/sentence-words';
import { hindranceWords } from '../change/hindrance';
import { useDifferences } from '../template/use-differences';
import { useKeptTemplate } from '../template/use-kept-template';
import classes from './overview.module.css';

export function SinceTemplate({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const { value: kept } = useKeptTemplate(cluster);
  const yaml = kept?.yaml;
  const possible = yaml !== undefined && hindranceWords(cluster, t) === undefined;
  const { answer } = useDifferences(
    cluster,
    possible ? { template: { yaml, from: `${cluster.name}.yaml` } } : undefined,
  );
  const [open, setOpen] = useState(false);
  // The line has its place before the answer comes, so that nothing jumps.
  if (cluster.madeBy !== 'boathouse') return null;
  const count = answer?.differences.length ?? 0;
  return (
    <section aria-label={t('since.title')} className={classes.since}>
      <div className={classes.line}>
        <span className={classes.quiet}>{t('since.template', { name: cluster.template ?? '–' })}</span>
        {answer && count === 0 && (
          <span className={classes.same}>
            <IconCircleCheck aria-hidden size={16} /> {t('since.nothing')}
          </span>
        )}
        {count > 0 && (
          <UnstyledButton className={classes.fold} aria-expanded={open} onClick={() => setOpen(!open)}>
            <IconChevronRight aria-hidden size={15} data-open={open || undefined} />
            {t('since.changed', { count })}
          </UnstyledButton>
        )}
        <Anchor underline="always" href={hrefOf({ screen: 'cluster', name: cluster.name, tab: 'template' })}>
          {t('since.change')}
        </Anchor>
      </div>
      {open && answer && <Differences differences={answer.differences} />}
    </section>
  );
}

function Differences({ differences }: { differences: readonly Difference[] }) {
  const { t, i18n } = useTranslation();
  return (
    <table className={classes.changes}>
      <thead>
        <tr>
          <th scope="col">{t('since.field')}</th>
          <th scope="col">{t('since.said')}</th>
          <th scope="col">{t('since.is')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, from, to, what }) => (
          <tr key={`${field} ${what.code}`}>
            <th scope="row" className="mono">
              {field}
            </th>
            {from === undefined && to === undefined ? (
              <td colSpan={2}>{wordsOf(i18n, `differences.${what.code}`, what.params, what.text)}</td>
            ) : (
              <>
                <td className="mono">{to ?? t('apply.unset')}</td>
                <td className="mono">{from ?? t('apply.unset')}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
