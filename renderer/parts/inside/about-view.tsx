// What is told of one object: what keeps it from running, conditions, whom it belongs to, what happened to it.
import { Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ageOf } from '../../../shared/model/objects';
import { dateIn } from '../../../shared/model/sentence';
import facts from '../facts.module.css';
import { wordsOf } from '../sentence-words';
import { TextWithCommand } from '../text-with-command';
import classes from './inside.module.css';
import type { ObjectViewProps } from './object-view';

export function AboutView({ detail, now }: ObjectViewProps) {
  const { t, i18n } = useTranslation();
  const { namespace, createdAt, owners, labels, conditions, events, why } = detail;
  const pairs = Object.entries(labels);
  return (
    <>
      <dl className={facts.facts}>
        {namespace && (
          <>
            <dt>{t('inside.namespace')}</dt>
            <dd className="mono">{namespace}</dd>
          </>
        )}
        {createdAt && (
          <>
            <dt>{t('inside.created')}</dt>
            <dd>{dateIn(i18n.language, createdAt)}</dd>
          </>
        )}
        {owners.length > 0 && (
          <>
            <dt>{t('inside.owners')}</dt>
            <dd>{owners.map(({ kind, name }) => `${kind} ${name}`).join(' ← ')}</dd>
          </>
        )}
        {pairs.length > 0 && (
          <>
            <dt>{t('inside.labels')}</dt>
            <dd className="mono">{pairs.map((pair) => pair.join('=')).join(', ')}</dd>
          </>
        )}
      </dl>
      {why.length > 0 && (
        <section className={classes.why} aria-label={t('inside.whyNot')}>
          <Title order={3} className={classes.part}>
            {t('inside.whyNot')}
          </Title>
          <ul className={classes.plain}>
            {why.map(({ said, next, evidence }) => (
              <li key={`${said.code}${said.text}`}>
                <strong>{wordsOf(i18n, `why.${said.code}`, said.params, said.text)}</strong>
                {evidence && (
                  <div className={classes.quiet} lang="en">
                    {evidence}
                  </div>
                )}
                <TextWithCommand text={wordsOf(i18n, `why.${next.code}`, next.params, next.text)} />
              </li>
            ))}
          </ul>
        </section>
      )}
      {conditions.length > 0 && (
        <section aria-label={t('inside.conditions')}>
          <Title order={3} className={classes.part}>
            {t('inside.conditions')}
          </Title>
          <ul className={classes.plain}>
            {conditions.map(({ type, status, reason, message }) => (
              <li key={type}>
                <strong>{type}</strong>: {status}
                {reason && ` (${reason})`}
                {message && <div className={classes.quiet}>{message}</div>}
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label={t('inside.events')}>
        <Title order={3} className={classes.part}>
          {t('inside.events')}
        </Title>
        {events.length === 0 && <div className={classes.quiet}>{t('inside.noEvents')}</div>}
        <ul className={classes.plain}>
          {events.map(({ reason, message, at, count, type }, index) => (
            <li key={`${at}${reason}${String(index)}`}>
              <strong data-news={type === 'Warning' ? 'bad' : undefined} className={classes.news}>
                {reason}
              </strong>
              <span className={classes.quiet}>
                {at && ` ${ageOf(at, now)}`}
                {count > 1 && ` ×${count}`}
              </span>
              <div className={classes.quiet}>{message}</div>
            </li>
          ))}
        </ul>
      </section>
    </>
  );
}
