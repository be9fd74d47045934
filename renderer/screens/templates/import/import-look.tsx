// What was found: which format, what is wrong with it, what could not be carried over, the template's text; and keeping it.
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../../shared/model/errors';
import { wordsIn } from '../../../../shared/model/template';
import { dnsLabel } from '../../../../shared/model/template/values';
import { errorDataOf } from '../../../app/error-data';
import { Pasteable } from '../../../parts/copy';
import { ErrorNotice } from '../../../parts/error-notice';
import { ProblemList } from '../../../parts/template-text/problem-list';
import { freeName } from '../../../parts/template-words';
import { textWith } from '../../../parts/yaml-edit';
import { useClient, useTemplates } from '../../../stores/app-context';
import { LossList } from '../loss-list';
import classes from '../templates.module.css';
import type { ImportedText } from './use-import';

interface ImportLookProps {
  imported: ImportedText;
  onBack: () => void;
  onKept: (id: string) => void;
}

export function ImportLook({ imported, onBack, onKept }: ImportLookProps) {
  const { t } = useTranslation();
  const { format, from, problems, yaml, template, text } = imported;
  return (
    <div className={classes.share}>
      <Text>{t(`import.is.${format}`, { from })}</Text>
      {problems.length > 0 && <ProblemList problems={problems} />}
      {yaml !== undefined && template ? (
        <>
          {format !== 'template' && <LossList losses={imported.notCarried} />}
          <Pasteable text={yaml} label={t('templates.yaml')} height="34vh" />
          <Keep yaml={yaml} template={template} onBack={onBack} onKept={onKept} />
        </>
      ) : (
        <>
          <Pasteable text={text} label={from} height="34vh" />
          <Group justify="flex-end">
            <Button variant="default" onClick={onBack}>
              {t('import.another')}
            </Button>
          </Group>
        </>
      )}
    </div>
  );
}

interface KeepProps extends Omit<ImportLookProps, 'imported'> {
  yaml: string;
  template: NonNullable<ImportedText['template']>;
}

function Keep({ yaml, template, onBack, onKept }: KeepProps) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { entries } = useTemplates();
  const taken = new Set(entries.map((entry) => entry.id));
  const [id, setId] = useState(() => freeName(template.metadata.id, taken));
  const [state, setState] = useState<{ saving: boolean; error?: ErrorData }>({ saving: false });
  const wrong = !dnsLabel.safeParse(id).success ? t('import.idWrong') : taken.has(id) && t('import.idTaken', { id });

  async function keep(): Promise<void> {
    setState({ saving: true });
    try {
      await client.templates.save({ yaml: textWith(yaml, ['metadata', 'id'], id) });
      onKept(id);
    } catch (error) {
      setState({ saving: false, error: errorDataOf(error) });
    }
  }

  return (
    <form
      className={classes.share}
      onSubmit={(event) => {
        event.preventDefault();
        if (!wrong) void keep();
      }}
    >
      <TextInput
        label={t('import.id')}
        description={t('import.idHint', { title: wordsIn(template.metadata.title, i18n.language) })}
        classNames={{ input: 'mono' }}
        value={id}
        error={wrong}
        onChange={(event) => setId(event.currentTarget.value.trim())}
      />
      {state.error && <ErrorNotice error={state.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onBack}>
          {t('import.another')}
        </Button>
        <Button type="submit" loading={state.saving} disabled={Boolean(wrong)}>
          {t('import.keep')}
        </Button>
      </Group>
    </form>
  );
}
