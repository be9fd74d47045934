// The editor of a template of the user's: form left, YAML right, problems under it; the text is the one truth.
import { Button, Text } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../shared/model/errors';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { errorDataOf } from '../../app/error-data';
import { hrefOf, navigate } from '../../app/route';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { notify } from '../../parts/notify';
import { Page } from '../../parts/page';
import { dropDraft, keepDraft, useDraft } from '../../parts/template-text/drafts';
import { TemplateForm } from '../../parts/template-text/template-form';
import { TemplateYaml } from '../../parts/template-text/template-yaml';
import { useProblems } from '../../parts/template-text/use-problems';
import { useClient, useTemplates } from '../../stores/app-context';
import classes from './template-editor.module.css';

export function TemplateEditorScreen({ id }: { id: string }) {
  const { t } = useTranslation();
  const { entries, heard } = useTemplates();
  const entry = entries.find((each) => each.id === id);
  const draft = useDraft(id);
  if (entry?.origin === 'file' || draft) return <Editor id={id} entry={entry} />;
  return (
    <Page title={t('editor.heading', { id })}>
      {heard ? <p>{t(entry ? 'editor.builtIn' : 'templates.unknown', { id })}</p> : <LoadingRows height={110} />}
    </Page>
  );
}

/** `entry` is absent when the file was removed while it is edited: nothing of the text is lost. */
function Editor({ id, entry }: { id: string; entry: TemplateEntry | undefined }) {
  const { t } = useTranslation();
  const draft = useDraft(id);
  const base = draft?.base ?? entry?.yaml ?? '';
  const text = draft?.text ?? base;
  const checked = useProblems(text);
  const { save, saving, failure } = useSave(id, text, entry && base);
  const change = (next: string) => keepDraft(id, { base, text: next });
  const hasErrors = checked?.text === text && !checked.template;
  return (
    <Page
      title={t('editor.heading', { id })}
      lead={t(draft ? 'editor.unsaved' : 'editor.saved')}
      wide
      actions={
        <>
          <Button component="a" variant="default" href={hrefOf({ screen: 'templates', id })}>
            {t('editor.back')}
          </Button>
          {draft && (
            <Button variant="default" onClick={() => dropDraft(id)}>
              {t('editor.discard')}
            </Button>
          )}
          <Button
            disabled={!draft || hasErrors}
            loading={saving}
            leftSection={<IconDeviceFloppy aria-hidden size={17} />}
            onClick={save}
          >
            {t('editor.save')}
          </Button>
        </>
      }
    >
      {draft && entry?.yaml !== base && (
        <Conflict id={id} theirs={entry?.yaml} onKeepMine={() => entry && keepDraft(id, { base: entry.yaml, text })} />
      )}
      {failure && <ErrorNotice error={failure} />}
      <div className={classes.columns}>
        <TemplateForm text={text} problems={checked?.problems ?? []} onChange={change} />
        <TemplateYaml text={text} problems={checked?.problems} onChange={change} />
      </div>
    </Page>
  );
}

interface ConflictProps {
  id: string;
  /** The file as it is now; absent when it is gone. */
  theirs: string | undefined;
  onKeepMine: () => void;
}

/** The file was changed by another program: both texts are there until the user chooses. */
function Conflict({ id, theirs, onKeepMine }: ConflictProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.conflict} role="alert">
      <Text>{t(theirs === undefined ? 'editor.gone' : 'editor.conflict')}</Text>
      {theirs !== undefined && (
        <>
          <Button size="xs" variant="default" onClick={onKeepMine}>
            {t('editor.keepMine')}
          </Button>
          <Button size="xs" variant="default" onClick={() => dropDraft(id)}>
            {t('editor.takeTheirs')}
          </Button>
        </>
      )}
    </section>
  );
}

/** `base`: the file as it is taken to be; without it the text becomes a new file. */
function useSave(id: string, text: string, base: string | undefined) {
  const { t } = useTranslation();
  const client = useClient();
  const [state, setState] = useState<{ saving: boolean; failure?: ErrorData }>({ saving: false });
  async function save(): Promise<void> {
    setState({ saving: true });
    try {
      const saved = await client.templates.save({
        yaml: text,
        ...(base !== undefined && { replacing: { id, yaml: base } }),
      });
      dropDraft(id);
      setState({ saving: false });
      notify({ kind: 'good', message: t('editor.done', { id: saved.id }) });
      if (saved.id !== id) navigate({ screen: 'template-editor', id: saved.id });
    } catch (error) {
      setState({ saving: false, failure: errorDataOf(error) });
    }
  }
  return { ...state, save: () => void save() };
}
