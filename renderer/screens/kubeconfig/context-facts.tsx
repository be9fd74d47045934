// What is known of a context: from its files, and from its cluster when that was asked.
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { KubeContext } from '../../../shared/model/kubeconfig';
import { dateIn } from '../../../shared/model/sentence';
import { Pasteable } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { wordsOf } from '../../parts/sentence-words';
import classes from './kubeconfig.module.css';
import type { Probes } from './use-probes';

type FoundOne = ReturnType<Probes['found']['get']>;

export function ContextFacts({ context, found }: { context: KubeContext; found: FoundOne }) {
  const { t, i18n } = useTranslation();
  const { server, file, hiddenIn, signsIn, program, expiresAt, faults } = context;
  const probe = found && 'outcome' in found ? found : undefined;
  const who = probe?.who;
  const facts: [string, ReactNode][] = [
    [t('kubeconfig.server'), server && <span className="mono">{server}</span>],
    [
      t('kubeconfig.from'),
      <span key="file" className="mono">
        {file}
      </span>,
    ],
    [
      t('kubeconfig.hiddenIn'),
      hiddenIn.length > 0 && <span className="mono">{hiddenIn.join(t('listSeparator'))}</span>,
    ],
    [t('kubeconfig.signsIn'), t(`kubeconfig.sign.${signsIn}`, { program })],
    [t('kubeconfig.expires'), expiresAt && dateIn(i18n.language, expiresAt)],
    [t('kubeconfig.version'), probe?.version && `${probe.version}${t('listSeparator')}${probe.milliseconds} ms`],
    [t('kubeconfig.you'), who && [who.name, ...who.groups].join(t('listSeparator'))],
    [t('kubeconfig.serverUntil'), probe?.serverCertificateUntil && dateIn(i18n.language, probe.serverCertificateUntil)],
  ];
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(
          ([word, value]) =>
            value && (
              <div key={word}>
                <dt>{word}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      {faults.map(({ code, params, text }) => (
        <Text key={text} size="sm" c="red">
          {wordsOf(i18n, `said.${code}`, params, text)}
        </Text>
      ))}
      {found && 'error' in found && <ErrorNotice error={found.error} />}
      {probe && probe.outcome !== 'answers' && (
        <div role="alert">
          <Text size="sm" fw={600}>
            {wordsOf(i18n, `said.${probe.said.code}`, probe.said.params, probe.said.text)}
          </Text>
          {probe.detail && <Pasteable text={probe.detail} label={t('error.evidence')} height={120} />}
        </div>
      )}
    </>
  );
}
