// A text that takes effect when it is saved, not with every letter.
import { Button, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './settings.module.css';

interface SavedTextProps {
  label: string;
  description?: string;
  placeholder?: string;
  saved: string;
  /** What is wrong with a text, if anything is. */
  problemOf?: (text: string) => string | undefined;
  /** Several lines. */
  long?: boolean;
  onSave: (text: string) => Promise<boolean>;
}

/** To be given `saved` as its key, too: what is saved elsewhere takes the place of what stands here. */
export function SavedText({ label, description, placeholder, saved, problemOf, long, onSave }: SavedTextProps) {
  const { t } = useTranslation();
  const [text, setText] = useState(saved);
  const [saving, setSaving] = useState(false);
  const problem = text.trim() === '' ? undefined : problemOf?.(text.trim());
  const changed = text.trim() !== saved.trim();
  const props = {
    className: classes.field ?? '',
    label,
    ...(description !== undefined && { description }),
    ...(placeholder !== undefined && { placeholder }),
    value: text,
    error: problem,
    spellCheck: false,
    autoComplete: 'off',
  };

  function save(event: FormEvent): void {
    event.preventDefault();
    if (problem || !changed) return;
    setSaving(true);
    void onSave(text.trim()).then(() => setSaving(false));
  }

  return (
    <form className={classes.host} data-long={long || undefined} onSubmit={save}>
      {long ? (
        <Textarea {...props} rows={4} resize="vertical" onChange={(event) => setText(event.currentTarget.value)} />
      ) : (
        <TextInput {...props} onChange={(event) => setText(event.currentTarget.value)} />
      )}
      <Button
        type="submit"
        variant="default"
        loading={saving}
        disabled={problem !== undefined || !changed}
        aria-label={t('settings.saveNamed', { name: label })}
      >
        {t('settings.save')}
      </Button>
    </form>
  );
}
