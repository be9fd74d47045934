// What can be done with a template: make a cluster, copy it to change it, and remove one's own.
import { ActionIcon, Button, Group, Menu } from '@mantine/core';
import { IconCopy, IconDots, IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { hrefOf } from '../../app/route';
import { isUsable } from '../../stores/app-context';
import { useTemplateActions } from './use-template-actions';

export function ReaderActions({ entry }: { entry: TemplateEntry }) {
  const { t } = useTranslation();
  const { duplicate, remove, running } = useTemplateActions(entry);
  const own = entry.origin === 'file';
  return (
    <Group gap="xs">
      {own && (
        <Button
          component="a"
          variant="default"
          href={hrefOf({ screen: 'template-editor', id: entry.id })}
          leftSection={<IconPencil aria-hidden size={17} />}
        >
          {t('templates.edit')}
        </Button>
      )}
      {isUsable(entry) && (
        <>
          {!own && (
            <Button
              variant="default"
              loading={running}
              leftSection={<IconCopy aria-hidden size={17} />}
              onClick={() => void duplicate()}
            >
              {t('templates.duplicate')}
            </Button>
          )}
          <Button
            component="a"
            href={hrefOf({ screen: 'new-cluster', template: entry.id })}
            leftSection={<IconPlus aria-hidden size={17} />}
          >
            {t('templates.use')}
          </Button>
        </>
      )}
      {own && (
        <Menu>
          <Menu.Target>
            <ActionIcon variant="default" size={36} aria-label={t('templates.more', { id: entry.id })}>
              <IconDots aria-hidden size={18} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            {isUsable(entry) && (
              <Menu.Item leftSection={<IconCopy aria-hidden size={16} />} onClick={() => void duplicate()}>
                {t('templates.duplicate')}
              </Menu.Item>
            )}
            <Menu.Item color="red" leftSection={<IconTrash aria-hidden size={16} />} onClick={() => void remove()}>
              {t('templates.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </Group>
  );
}
