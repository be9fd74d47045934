// What is wrong with a project, and what of it is not as in skaffold: each with its place and what it means.
import { Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import {
  effectSchema,
  type FilePlace,
  type ProjectProblem,
  type Unsupported,
} from '../../../shared/model/devloop/place';
import { wordsOf } from '../../parts/sentence-words';
import classes from './dev.module.css';
import { shortPath } from './short-path';

export function Problems({ dir, problems }: { dir: string; problems: readonly ProjectProblem[] }) {
  const { t } = useTranslation();
  const wrong = problems.some(({ severity }) => severity === 'error');
  return (
    <ul className={classes.findings} aria-label={wrong ? t('dev.problems') : t('dev.warnings')}>
      {problems.map((problem) => {
        const Icon = problem.severity === 'error' ? IconCircleX : IconAlertTriangle;
        return (
          <li key={`${placeOf(dir, problem)} ${problem.message}`} data-severity={problem.severity}>
            <Icon role="img" aria-label={t(`templates.severity.${problem.severity}`)} size={16} />
            <span className={classes.place}>{placeOf(dir, problem)}</span>
            <ProblemText problem={problem} />
          </li>
        );
      })}
    </ul>
  );
}

function ProblemText({ problem: { code, params, message } }: { problem: ProjectProblem }) {
  const { i18n } = useTranslation();
  if (code === undefined) return <span lang="en">{message}</span>;
  return <span>{wordsOf(i18n, `problems.${code}`, params, message)}</span>;
}

export function UnsupportedList({ dir, unsupported }: { dir: string; unsupported: readonly Unsupported[] }) {
  const { t, i18n } = useTranslation();
  return (
    <section aria-label={t('dev.unsupported')}>
      <Title order={2} className={classes.heading}>
        {t('dev.unsupported')}
      </Title>
      {unsupported.length === 0 && <Text className={classes.quiet}>{t('dev.unsupportedNone')}</Text>}
      {/* What is left out first. */}
      {[...effectSchema.options].reverse().map((effect) => {
        const found = unsupported.filter((one) => one.effect === effect);
        if (found.length === 0) return null;
        return (
          <div key={effect}>
            <h3 className={classes.part}>{t(`dev.effect.${effect}`)}</h3>
            <ul className={classes.findings}>
              {found.map((one) => (
                <li key={`${placeOf(dir, one)} ${one.path}`} data-effect={effect}>
                  <span className={classes.place}>{placeOf(dir, one)}</span>
                  <span className={classes.field}>{one.path}</span>
                  <span className={classes.meaning}>
                    {t('dev.reason', {
                      why: wordsOf(i18n, `unsupported.${one.code}.why`, one.params, one.why),
                      meaning: wordsOf(i18n, `unsupported.${one.code}.meaning`, one.params, one.meaning),
                    })}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </section>
  );
}

function placeOf(dir: string, { file, line, column }: FilePlace): string {
  return `${shortPath(dir, file)}:${line}:${column}`;
}
