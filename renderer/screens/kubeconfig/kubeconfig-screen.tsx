// The kubeconfig: every context of every file, which one kubectl uses, and what a change would do before it is done.
import { Button, Text, TextInput } from '@mantine/core';
import { IconFileImport, IconPlugConnected, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KubeconfigView } from '../../../shared/model/kubeconfig';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { useConnectionPhase } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import { Cleaning } from './cleaning';
import { ContextPanel } from './context-panel';
import { ContextsTable } from './contexts-table';
import { KubeconfigHistory } from './history';
import { ImportDialog } from './import-dialog';
import classes from './kubeconfig.module.css';
import { type Probes, useProbes } from './use-probes';

export function KubeconfigScreen() {
  const { t } = useTranslation();
  const open = useConnectionPhase() === 'open';
  const view = useTopic<KubeconfigView>('kubeconfig', (client, _subject, signal) =>
    client.kubeconfig.watch(undefined, { signal }),
  );
  const probes = useProbes();
  const [importing, setImporting] = useState(false);
  return (
    <Page
      title={t('nav.kubeconfig')}
      lead={t('kubeconfig.lead')}
      wide
      actions={
        <>
          <Button
            variant="default"
            disabled={!open || !view || view.contexts.length === 0}
            loading={probes.asking.size > 0}
            leftSection={<IconPlugConnected aria-hidden size={16} />}
            onClick={() => probes.ask(view?.contexts.map(({ name }) => name) ?? [])}
          >
            {t('kubeconfig.checkAll')}
          </Button>
          <Button
            variant="default"
            disabled={!open}
            leftSection={<IconFileImport aria-hidden size={16} />}
            onClick={() => setImporting(true)}
          >
            {t('kubeconfig.importDots')}
          </Button>
        </>
      }
    >
      {!view && <LoadingRows rows={5} height={36} />}
      {view && <Contexts view={view} probes={probes} />}
      <KubeconfigHistory changed={view} />
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
    </Page>
  );
}

function Contexts({ view, probes }: { view: KubeconfigView; probes: Probes }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const [chosen, setChosen] = useState<string>();
  const word = wanted.trim().toLowerCase();
  const shown = view.contexts.filter(({ name, server, file, namespace }) =>
    [name, server, file, namespace].some((text) => text?.toLowerCase().includes(word)),
  );
  const selected = view.contexts.find(({ name }) => name === (chosen ?? view.current)) ?? shown[0];
  const lost = view.current !== undefined && !view.contexts.some(({ current }) => current);
  return (
    <>
      {view.files.map(({ path, error }) => error && <ErrorNotice key={path} error={error} />)}
      <Cleaning view={view} />
      {lost && <Text role="status">{t('kubeconfig.lost', { name: view.current })}</Text>}
      {view.contexts.length === 0 && (
        <Text>{t('kubeconfig.empty', { files: view.files.map(({ path }) => path).join(t('listSeparator')) })}</Text>
      )}
      {view.contexts.length > 0 && (
        <div className={classes.columns}>
          <section className={classes.list}>
            <TextInput
              mb="sm"
              maw={360}
              leftSection={<IconSearch aria-hidden size={16} />}
              aria-label={t('kubeconfig.filter')}
              placeholder={t('kubeconfig.filter')}
              value={wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            />
            <ContextsTable
              contexts={shown}
              selected={selected?.name}
              onSelect={setChosen}
              probes={probes}
              several={view.files.length > 1}
            />
            {shown.length === 0 && <Text mt="sm">{t('kubeconfig.noMatch')}</Text>}
          </section>
          {selected && <ContextPanel key={selected.name} context={selected} probes={probes} />}
        </div>
      )}
    </>
  );
}
