// An object as YAML; the values of a Secret only when they are asked for.
import { Button } from '@mantine/core';
import { IconEye } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Pasteable } from '../copy';
import type { ObjectViewProps } from './object-view';

export function YamlView({ of, detail, reveal, onReveal }: ObjectViewProps) {
  const { t } = useTranslation();
  return (
    <>
      {of.kind.resource === 'secrets' && of.kind.group === '' && (
        <Button
          size="xs"
          variant="default"
          aria-pressed={reveal}
          leftSection={<IconEye aria-hidden size={15} />}
          onClick={() => onReveal(!reveal)}
        >
          {t(reveal ? 'inside.hide' : 'inside.reveal')}
        </Button>
      )}
      <Pasteable text={detail.yaml} label="YAML" height="52vh" />
    </>
  );
}
