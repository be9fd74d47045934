// The import sheet: where from, a yes before anything is fetched, a look at what it is, and then it is kept.
import { CloseButton, Group, Modal } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { navigate, parseRoute } from '../../../app/route';
import { ImportLook } from './import-look';
import { endImport, type ImportSource, useImportRequest } from './import-request';
import { ImportSourceChoice } from './import-source';
import { useTemplateDrop } from './use-drop';
import { useImport } from './use-import';

/** Stands beside every screen, so that a file can be dropped on any of them. */
export function ImportSheet() {
  useTemplateDrop();
  const { source, number } = useImportRequest();
  const { t } = useTranslation();
  return (
    <Modal opened={source !== undefined} onClose={close} size={720} withCloseButton={false}>
      {/* Not as the dialog's `title`: that would sit in a second banner. */}
      <Group justify="space-between" mb="sm">
        <Modal.Title fw={600}>{t('import.title')}</Modal.Title>
        <CloseButton aria-label={t('import.close')} onClick={close} />
      </Group>
      {source && <Stages key={number} source={source} />}
    </Modal>
  );
}

/** A link's address is not left behind: going back to it would ask again. */
function close(): void {
  endImport();
  if (parseRoute(window.location.hash).screen === 'template-import') navigate({ screen: 'templates' });
}

function Stages({ source }: { source: ImportSource }) {
  const { imported, error, asking, ask, startOver } = useImport(source);
  if (imported) {
    return (
      <ImportLook
        imported={imported}
        onBack={startOver}
        onKept={(id) => {
          endImport();
          navigate({ screen: 'templates', id });
        }}
      />
    );
  }
  return <ImportSourceChoice source={source} asking={asking} error={error} onAsk={ask} onCancel={close} />;
}
