// Picks images of the engine, with a search.
import { Checkbox, ScrollArea, Text, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../../shared/model/errors';
import type { EngineImage } from '../../../../shared/model/images';
import { errorDataOf } from '../../../app/error-data';
import { ErrorNotice } from '../../../parts/error-notice';
import { useFormat } from '../../../parts/words';
import { useClient } from '../../../stores/app-context';

export function EngineChoice({
  chosen,
  disabled,
  onChange,
}: {
  chosen: string[];
  disabled: boolean;
  onChange(names: string[]): void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const [search, setSearch] = useState('');
  const [images, setImages] = useState<EngineImage[]>();
  const [error, setError] = useState<ErrorData>();
  useEffect(() => {
    client.images.engine().then(setImages, (reason: unknown) => setError(errorDataOf(reason)));
  }, [client]);
  const rows = (images ?? []).flatMap(({ names, size }) => names.map((name) => ({ name, size })));
  const shown = rows.filter(({ name }) => name.toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      <TextInput
        mt="sm"
        data-autofocus
        label={t('nodeImages.sheet.engine')}
        placeholder={t('nodeImages.search')}
        leftSection={<IconSearch aria-hidden size={16} />}
        disabled={disabled}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {error && <ErrorNotice error={error} />}
      <ScrollArea.Autosize
        mah={220}
        mt="xs"
        viewportProps={{ tabIndex: 0, 'aria-label': t('nodeImages.sheet.engine'), role: 'group' }}
      >
        <Checkbox.Group value={chosen} onChange={onChange} aria-label={t('nodeImages.sheet.engine')}>
          {shown.map(({ name, size }) => (
            <Checkbox key={name} mt={6} value={name} disabled={disabled} label={`${name}  ${format.size(size)}`} />
          ))}
        </Checkbox.Group>
        {images && shown.length === 0 && <Text c="dimmed">{t('nodeImages.none')}</Text>}
      </ScrollArea.Autosize>
    </>
  );
}
