// Where a template comes from: a file, an address, or what is in the clipboard.
import { Button, FileButton, Group, SegmentedControl, Text, Textarea, TextInput } from '@mantine/core';
import { IconCloudDownload, IconFileText } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../../shared/model/errors';
import { ErrorNotice } from '../../../parts/error-notice';
import classes from '../templates.module.css';
import type { ImportSource } from './import-request';
import { readFile } from './use-drop';
import type { Asked } from './use-import';

type From = 'file' | 'address' | 'text';

interface ImportSourceProps {
  source: ImportSource;
  asking: boolean;
  error: ErrorData | undefined;
  onAsk: (asked: Asked) => void;
  onCancel: () => void;
}

export function ImportSourceChoice({ source, asking, error, onAsk, onCancel }: ImportSourceProps) {
  const { t } = useTranslation();
  const linked = 'url' in source ? source.url : undefined;
  const [from, setFrom] = useState<From>(linked === undefined ? 'file' : 'address');
  return (
    <div className={classes.share}>
      {linked === undefined && (
        <SegmentedControl
          aria-label={t('import.from')}
          value={from}
          onChange={(value) => setFrom(value)}
          data={(['file', 'address', 'text'] as const).map((value) => ({ value, label: t(`import.${value}`) }))}
        />
      )}
      {from === 'file' && <FromFile asking={asking} onAsk={onAsk} />}
      {from === 'address' && <FromAddress linked={linked} asking={asking} onAsk={onAsk} onCancel={onCancel} />}
      {from === 'text' && <FromText asking={asking} onAsk={onAsk} />}
      {error && <ErrorNotice error={error} />}
    </div>
  );
}

type Part = Pick<ImportSourceProps, 'asking' | 'onAsk'>;

function FromFile({ asking, onAsk }: Part) {
  const { t } = useTranslation();
  return (
    <>
      <Text>{t('import.fileText')}</Text>
      <FileButton
        accept=".boathouse,.yaml,.yml,.json"
        onChange={(file) => {
          if (file) void readFile(file).then(onAsk);
        }}
      >
        {(props) => (
          <Button {...props} loading={asking} data-autofocus leftSection={<IconFileText aria-hidden size={17} />}>
            {t('import.chooseFile')}
          </Button>
        )}
      </FileButton>
    </>
  );
}

/** The whole address is shown before anything is fetched from it. */
function FromAddress({ linked, asking, onAsk, onCancel }: Part & { linked: string | undefined; onCancel: () => void }) {
  const { t } = useTranslation();
  const [address, setAddress] = useState(linked ?? '');
  const secure = /^https:\/\//i.test(address);
  return (
    <form
      className={classes.share}
      onSubmit={(event) => {
        event.preventDefault();
        if (secure) onAsk({ url: address });
      }}
    >
      {linked === undefined ? (
        <TextInput
          label={t('import.addressLabel')}
          description={t('import.addressHint')}
          placeholder="https://"
          data-autofocus
          value={address}
          error={address !== '' && !secure && t('templates.addressWrong')}
          onChange={(event) => setAddress(event.currentTarget.value.trim())}
        />
      ) : (
        <>
          <Text>{t('import.linked')}</Text>
          <code className={classes.wholeAddress}>{linked}</code>
          {!secure && <Text c="var(--mantine-color-error)">{t('templates.addressWrong')}</Text>}
        </>
      )}
      <Group justify="flex-end" gap="xs">
        {linked !== undefined && (
          <Button variant="default" data-autofocus onClick={onCancel}>
            {t('import.no')}
          </Button>
        )}
        <Button
          type="submit"
          loading={asking}
          disabled={!secure}
          leftSection={<IconCloudDownload aria-hidden size={17} />}
        >
          {t('import.fetch')}
        </Button>
      </Group>
    </form>
  );
}

function FromText({ asking, onAsk }: Part) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  return (
    <>
      <Textarea
        label={t('import.textLabel')}
        classNames={{ input: 'mono' }}
        rows={14}
        spellCheck={false}
        data-autofocus
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Group justify="flex-end">
        <Button
          loading={asking}
          disabled={text.trim() === ''}
          onClick={() => onAsk({ text, from: t('import.pasted') })}
        >
          {t('import.look')}
        </Button>
      </Group>
    </>
  );
}
