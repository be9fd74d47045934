// An object as YAML, and editing it; the values of a Secret only when they are asked for.
import { Button, Group } from '@mantine/core';
import { IconEdit, IconEye } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Pasteable } from '../copy';
import { EditYaml } from '../manifests/edit-yaml';
import type { ObjectViewProps } from './object-view';

export function YamlView({ of, detail, reveal, onReveal }: ObjectViewProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const { context, kind, namespace, name } = of;
  const { group, version, resource } = kind;
  const secret = resource === 'secrets' && group === '';
  const object = { kind: { group, version, resource }, ...(namespace && { namespace }), name };
  if (editing) {
    const { yaml, gone } = detail;
    return <EditYaml context={context} object={object} yaml={yaml} gone={gone} onClose={() => setEditing(false)} />;
  }
  return (
    <>
      <Group gap="xs">
        {secret && (
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
        {!detail.gone && (
          <Button
            size="xs"
            variant="default"
            // What is hidden would be lost.
            disabled={secret && !reveal}
            leftSection={<IconEdit aria-hidden size={15} />}
            onClick={() => setEditing(true)}
          >
            {t('manifests.edit')}
          </Button>
        )}
      </Group>
      <Pasteable text={detail.yaml} label="YAML" height="52vh" />
    </>
  );
}
