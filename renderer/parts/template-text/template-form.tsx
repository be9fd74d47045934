// The form of a template's text; in its place, while the text cannot be read, when it comes back.
import { Text } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { documentOf } from '../yaml-edit';
import { EditorForm } from './editor-form';
import { EditingProvider } from './form-field';

interface TemplateFormProps {
  /** `spec`: without what a template is called and for. */
  of?: 'template' | 'spec';
  text: string;
  problems: readonly TemplateProblem[];
  onChange: (text: string) => void;
}

export function TemplateForm({ of = 'template', text, problems, onChange }: TemplateFormProps) {
  const { t } = useTranslation();
  const document = useMemo(() => documentOf(text), [text]);
  if (!document) return <Text c="dimmed">{t('editor.unreadable')}</Text>;
  return (
    <EditingProvider value={{ text, document, problems, onChange }}>
      <EditorForm of={of} />
    </EditingProvider>
  );
}
