// A template as text, with what is wrong with it under it; a problem's line leads to its place.
import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { laterInside } from '../later';
import { LoadingRows } from '../loading-rows';
import { ProblemList } from './problem-list';
import classes from './template-text.module.css';

const YamlEditor = laterInside(
  async () => (await import('./yaml-editor')).YamlEditor,
  <LoadingRows rows={6} height={40} />,
);

interface TemplateYamlProps {
  text: string;
  /** Nothing before the text was looked at. */
  problems: readonly TemplateProblem[] | undefined;
  onChange: (text: string) => void;
}

const none: readonly TemplateProblem[] = [];

export function TemplateYaml({ text, problems, onChange }: TemplateYamlProps) {
  const { t } = useTranslation();
  const [goTo, setGoTo] = useState<{ from: number }>();
  return (
    <div className={classes.text}>
      <div className={classes.editor}>
        <YamlEditor
          text={text}
          onChange={onChange}
          problems={problems ?? none}
          label={t('templates.yaml')}
          goTo={goTo}
        />
      </div>
      {problems && problems.length > 0 && (
        <ProblemList problems={problems} onChoose={({ from }) => setGoTo({ from })} />
      )}
      {problems?.length === 0 && <Text c="dimmed">{t('editor.noProblems')}</Text>}
    </div>
  );
}
