// What Boathouse has changed in the kubeconfig, the newest first; each change can be seen and taken back.
import { Button, Text, Title } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { KubeconfigHistoryEntry } from '../../../shared/model/kubeconfig';
import { dateIn } from '../../../shared/model/sentence';
import { DiffView } from '../../parts/diff-view';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { wordsOf } from '../../parts/sentence-words';
import { useAsked } from '../../parts/use-asked';
import classes from './kubeconfig.module.css';
import { useChange } from './use-change';

/** `changed`: after another value of it there may be more. */
export function KubeconfigHistory({ changed }: { changed: unknown }) {
  const { t } = useTranslation();
  const { answer, error } = useAsked({ changed }, (client, _input, signal) =>
    client.kubeconfig.history(undefined, { signal }),
  );
  return (
    <section aria-label={t('kubeconfig.history')}>
      <Title order={2} className={classes.heading}>
        {t('kubeconfig.history')}
      </Title>
      {error && <ErrorNotice error={error} />}
      {!answer && !error && <LoadingRows rows={2} height={36} />}
      {answer?.length === 0 && <Text c="dimmed">{t('kubeconfig.noHistory')}</Text>}
      <ol className={classes.history}>
        {answer?.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Entry({ entry }: { entry: KubeconfigHistoryEntry }) {
  const { t, i18n } = useTranslation();
  const { id, at, said, files } = entry;
  const [open, setOpen] = useState(false);
  const { running, change } = useChange();
  const words = wordsOf(i18n, `said.${said.code}`, said.params, said.text);
  return (
    <li>
      <div className={classes.entry}>
        <span className={classes.when}>{dateIn(i18n.language, at)}</span>
        <span className={classes.what}>{words}</span>
        <span className={classes.where}>{files.join(t('listSeparator'))}</span>
        <Button
          size="compact-sm"
          variant="subtle"
          aria-expanded={open}
          aria-label={t('kubeconfig.showNamed', { what: words })}
          onClick={() => setOpen(!open)}
        >
          {open ? t('kubeconfig.hide') : t('kubeconfig.show')}
        </Button>
        <Button
          size="compact-sm"
          variant="default"
          loading={running}
          leftSection={<IconArrowBackUp aria-hidden size={15} />}
          aria-label={t('kubeconfig.undoNamed', { what: words })}
          onClick={() => void change({ kind: 'undo', id })}
        >
          {t('kubeconfig.undo')}
        </Button>
      </div>
      {open && <EntryDiff id={id} />}
    </li>
  );
}

function EntryDiff({ id }: { id: string }) {
  const { answer, error } = useAsked({ id }, (client, input, signal) =>
    client.kubeconfig.historyDiff(input, { signal }),
  );
  if (error) return <ErrorNotice error={error} />;
  return answer ? <DiffView files={answer} /> : <LoadingRows rows={1} height={96} />;
}
