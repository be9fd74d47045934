// The list of keys, under `?`.
import { Modal, Switch, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useCall } from '../../parts/use-call';
import { useStores } from '../../stores/app-context';
import { Keys } from './keys';
import { keys, partKeys } from './shortcuts';

const everywhere = ['palette', 'shortcuts', 'new'] as const;
const goTo = ['clusters', 'templates', 'images', 'dev', 'kubeconfig', 'doctor', 'settings'] as const;
const parts = Object.keys(partKeys) as (keyof typeof partKeys)[];

export function ShortcutsDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const stores = useStores();
  const single = useStore(stores.settings, ({ singleKeys }) => singleKeys);
  const { run } = useCall();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" withCloseButton={false}>
      <Modal.Title fw={600}>{t('shortcuts.title')}</Modal.Title>
      <Lines
        title={t('shortcuts.everywhere')}
        lines={everywhere.map((key) => [keys[key], t(`shortcuts.does.${key}`)])}
      />
      <Lines title={t('shortcuts.goTo')} lines={goTo.map((key) => [keys[key], t(`nav.${key}`)])} />
      <Lines title={t('shortcuts.inside')} lines={parts.map((part) => [partKeys[part], t(`shortcuts.part.${part}`)])} />
      <Switch
        data-autofocus
        mt="md"
        label={t('shortcuts.single')}
        checked={single}
        onChange={(event) => {
          const singleKeys = event.currentTarget.checked;
          void run(() => stores.changeSettings({ singleKeys }));
        }}
      />
    </Modal>
  );
}

function Lines({ title, lines }: { title: string; lines: readonly (readonly [string, string])[] }) {
  return (
    <section>
      <Text component="h3" size="sm" fw={600} mt="md" mb={4}>
        {title}
      </Text>
      <Table aria-label={title} verticalSpacing={4} withRowBorders={false}>
        <Table.Tbody>
          {lines.map(([pressed, does]) => (
            <Table.Tr key={pressed}>
              <Table.Th fw={400} scope="row">
                {does}
              </Table.Th>
              <Table.Td ta="right">
                <Keys keys={pressed} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}
