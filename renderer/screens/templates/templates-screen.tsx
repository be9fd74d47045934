// The templates: a gallery on the left, one of them in full on the right.
import { Button } from '@mantine/core';
import { IconFileImport } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { isUsable, useTemplates } from '../../stores/app-context';
import { BrokenTemplate } from './broken-template';
import { Gallery } from './gallery';
import { askToImport } from './import/import-request';
import { TemplateReader } from './template-reader';
import classes from './templates.module.css';

interface TemplatesScreenProps {
  id?: string | undefined;
  /** The address of a template that a link asks to import. */
  importing?: string | undefined;
  /** The path of a template's file that was opened. */
  opened?: string | undefined;
}

export function TemplatesScreen({ id, importing, opened }: TemplatesScreenProps) {
  const { t } = useTranslation();
  const { entries, heard } = useTemplates();
  const chosen = entries.find((entry) => entry.id === id) ?? (id ? undefined : entries[0]);
  useEffect(() => {
    if (importing !== undefined) askToImport({ url: importing });
    else if (opened !== undefined) askToImport({ file: opened });
  }, [importing, opened]);
  return (
    <Page
      title={t('nav.templates')}
      lead={t('templates.lead')}
      wide
      actions={
        <Button
          variant="default"
          leftSection={<IconFileImport aria-hidden size={17} />}
          onClick={() => askToImport({})}
        >
          {t('templates.import')}
        </Button>
      }
    >
      {heard ? (
        <div className={classes.columns}>
          <Gallery entries={entries} chosen={chosen?.id} />
          {!chosen && <p>{t('templates.unknown', { id })}</p>}
          {chosen &&
            (isUsable(chosen) ? <TemplateReader key={chosen.id} entry={chosen} /> : <BrokenTemplate entry={chosen} />)}
        </div>
      ) : (
        <LoadingRows height={110} />
      )}
    </Page>
  );
}
