// Fields for labels and taints: each is typed as kubectl writes it, and stands there as a pill that can be taken away.
import { TagsInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { labelOf, taintOf } from '../../../../shared/model/label-text';

interface FieldProps {
  value: string[];
  onChange: (value: string[]) => void;
}

export function LabelField({ value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const wrong = value.find((text) => !labelOf(text));
  return (
    <TagsInput
      label={t('change.labels')}
      description={t('change.labelsHint')}
      placeholder="tier=web"
      value={value}
      onChange={(texts) => onChange(lastOfEach(texts))}
      splitChars={[',', ' ']}
      acceptValueOnBlur
      error={wrong !== undefined && t('change.labelBad', { text: wrong })}
    />
  );
}

export function TaintField({ value, onChange }: FieldProps) {
  const { t } = useTranslation();
  const wrong = value.find((text) => !taintOf(text));
  return (
    <TagsInput
      label={t('change.taints')}
      description={t('change.taintsHint')}
      placeholder="dedicated=gpu:NoSchedule"
      value={value}
      onChange={onChange}
      splitChars={[',', ' ']}
      acceptValueOnBlur
      error={wrong !== undefined && t('change.taintBad', { text: wrong })}
    />
  );
}

/** A key that is typed again takes the place of its former value. */
function lastOfEach(texts: readonly string[]): string[] {
  return [...new Map(texts.map((text) => [text.split('=')[0], text])).values()];
}

/** The labels that the texts say; undefined while one of them is none. */
export function labelsFrom(texts: readonly string[]): Record<string, string> | undefined {
  const labels = texts.map(labelOf);
  return labels.every((label) => label !== undefined) ? Object.fromEntries(labels) : undefined;
}

/** The taints that the texts say; undefined while one of them is none. */
export function taintsFrom(texts: readonly string[]) {
  const taints = texts.map(taintOf);
  return taints.every((taint) => taint !== undefined) ? taints : undefined;
}
