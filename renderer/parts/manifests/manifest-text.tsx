// A manifest in the text editor, with mistakes where they are, each once more below with its line.
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TextProblem } from '../../../shared/model/manifests';
import { laterInside } from '../later';
import { LoadingRows } from '../loading-rows';
import classes from './manifests.module.css';

const YamlEditor = laterInside(
  async () => (await import('../template-text/yaml-editor')).YamlEditor,
  <LoadingRows rows={3} height={50} />,
);

interface ManifestTextProps {
  text: string;
  onChange: (text: string) => void;
  problems: readonly TextProblem[];
  label: string;
}

export function ManifestText({ text, onChange, problems, label }: ManifestTextProps) {
  const { t } = useTranslation();
  const marks = useMemo(() => {
    const starts = [0];
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
    return problems.map((problem) => {
      const from = (starts[problem.line - 1] ?? text.length) + problem.column - 1;
      const end = text.indexOf('\n', from);
      return { ...problem, from, to: end < 0 ? text.length : end, severity: 'error' as const };
    });
  }, [problems, text]);
  return (
    <>
      <div className={classes.editor}>
        <YamlEditor text={text} onChange={onChange} problems={marks} label={label} goTo={undefined} plain />
      </div>
      {problems.length > 0 && (
        <ul className={classes.problems} role="status">
          {problems.map(({ line, column, message }) => (
            <li key={`${line}:${column}:${message}`}>
              {t('templates.line', { line })} <span lang="en">{message}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
