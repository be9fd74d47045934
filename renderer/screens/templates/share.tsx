// Ways to hand a template on: as its file, as a link, or in the form that kind or k3d read, with what that form cannot say.
import { Button, Group, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Client } from '../../../shared/contract';
import type { ErrorData } from '../../../shared/model/errors';
import { errorDataOf } from '../../app/error-data';
import { Command, Pasteable } from '../../parts/copy';
import { downloadText } from '../../parts/download';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { type UsableTemplate, useClient } from '../../stores/app-context';
import { LossList } from './loss-list';
import classes from './templates.module.css';

type Form = 'file' | 'link' | 'kind' | 'k3d';

export function Share({ entry }: { entry: UsableTemplate }) {
  const { t } = useTranslation();
  const [form, setForm] = useState<Form>('file');
  return (
    <div className={classes.share}>
      <SegmentedControl
        aria-label={t('templates.form')}
        value={form}
        onChange={(value) => setForm(value)}
        data={(['file', 'link', 'kind', 'k3d'] as const).map((value) => ({ value, label: t(`templates.as.${value}`) }))}
      />
      {form === 'file' && <AsText text={entry.yaml} name={`${entry.id}.boathouse`} />}
      {form === 'link' && <AsLink />}
      {(form === 'kind' || form === 'k3d') && <Converted key={form} id={entry.id} as={form} />}
    </div>
  );
}

function AsText({ text, name }: { text: string; name: string }) {
  const { t } = useTranslation();
  return (
    <>
      <Group>
        <Button
          variant="default"
          leftSection={<IconDownload aria-hidden size={17} />}
          onClick={() => downloadText(name, text)}
        >
          {t('templates.download', { name })}
        </Button>
      </Group>
      <Pasteable text={text} label={name} height="42vh" />
    </>
  );
}

function AsLink() {
  const { t } = useTranslation();
  const [address, setAddress] = useState('');
  const usable = /^https:\/\/\S+\.\S+/.test(address);
  return (
    <>
      <TextInput
        label={t('templates.address')}
        description={t('templates.addressHint')}
        placeholder="https://"
        value={address}
        error={address !== '' && !usable && t('templates.addressWrong')}
        onChange={(event) => setAddress(event.currentTarget.value.trim())}
      />
      {usable && (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t('templates.linkText')}
          </Text>
          <Command text={`boathouse://template?url=${encodeURIComponent(address)}`} />
        </div>
      )}
    </>
  );
}

type Exported = Awaited<ReturnType<Client['templates']['export']>>;

function Converted({ id, as }: { id: string; as: 'kind' | 'k3d' }) {
  const client = useClient();
  const [answer, setAnswer] = useState<{ exported?: Exported; error?: ErrorData }>({});
  useEffect(() => {
    const withdraw = new AbortController();
    client.templates.export({ id, as }, { signal: withdraw.signal }).then(
      (exported) => setAnswer({ exported }),
      (error: unknown) => {
        if (!withdraw.signal.aborted) setAnswer({ error: errorDataOf(error) });
      },
    );
    return () => withdraw.abort();
  }, [client, id, as]);
  if (answer.error) return <ErrorNotice error={answer.error} />;
  if (!answer.exported) return <LoadingRows rows={2} height={60} />;
  return (
    <>
      <LossList losses={answer.exported.notCarried} />
      <AsText text={answer.exported.yaml} name={`${id}.${as}.yaml`} />
    </>
  );
}
