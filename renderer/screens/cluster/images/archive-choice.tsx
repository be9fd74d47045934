// An archive by its path on the core's computer, or a file of this window.
import { Button, FileButton, Group, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../parts/words';

interface ArchiveChoiceProps {
  archive: File | string;
  onChange(archive: File | string): void;
}

export function ArchiveChoice({ archive, onChange }: ArchiveChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (archive instanceof File) {
    return (
      <Group mt="md" gap="sm">
        <div>
          <Text>{t('nodeImages.sheet.file', { name: archive.name, size: format.size(archive.size) })}</Text>
          <Text size="sm" c="dimmed">
            {t('nodeImages.sheet.keepOpen')}
          </Text>
        </div>
        <Button variant="default" size="xs" onClick={() => onChange('')}>
          {t('nodeImages.sheet.otherFile')}
        </Button>
      </Group>
    );
  }
  return (
    <Group mt="md" gap="sm" align="flex-end" wrap="nowrap">
      <TextInput
        flex={1}
        label={t('nodeImages.sheet.archive')}
        description={t('nodeImages.sheet.archiveHelp')}
        placeholder="/home/ana/web.tar.gz"
        value={archive}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <FileButton accept=".tar,.tgz,.gz,.zst" onChange={(file) => file && onChange(file)}>
        {(props) => (
          <Button {...props} variant="default">
            {t('nodeImages.sheet.chooseFile')}
          </Button>
        )}
      </FileButton>
    </Group>
  );
}
