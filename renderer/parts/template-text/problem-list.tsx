// What is wrong or doubtful in a text, each with its line; where there is an editor, the line leads there.
import { UnstyledButton } from '@mantine/core';
import { IconAlertTriangle, IconCircleX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { wordsOf } from '../sentence-words';
import classes from './template-text.module.css';

interface ProblemListProps {
  problems: readonly TemplateProblem[];
  onChoose?: (problem: TemplateProblem) => void;
}

export function ProblemList({ problems, onChoose }: ProblemListProps) {
  const { t, i18n } = useTranslation();
  return (
    <ul className={classes.problems} aria-label={t('templates.problems')}>
      {problems.map((problem) => {
        const { severity, message, code, params, line, column } = problem;
        const Icon = severity === 'error' ? IconCircleX : IconAlertTriangle;
        const family = i18n.exists(`problems.${code}`) ? 'problems' : 'warnings';
        const text = code ? wordsOf(i18n, `${family}.${code}`, params, message) : message;
        const place = t('templates.line', { line });
        return (
          <li key={`${line}:${column}:${message}`} className={classes.problem} data-severity={severity}>
            <Icon role="img" aria-label={t(`templates.severity.${severity}`)} size={16} />
            {onChoose ? (
              <UnstyledButton className={classes.place} onClick={() => onChoose(problem)}>
                {place}
              </UnstyledButton>
            ) : (
              <span className={classes.place}>{place}</span>
            )}
            <span lang={code ? undefined : 'en'}>{text}</span>
          </li>
        );
      })}
    </ul>
  );
}
