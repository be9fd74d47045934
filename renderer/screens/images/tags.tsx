// The tags of a repository: size, platforms, the reference to copy, and a way to take one away.
import { ActionIcon, Button, Table, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { LocalRegistry } from '../../../shared/model/registry';
import { CopyText } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useClient } from '../../stores/app-context';
import classes from './images.module.css';
import { usePages } from './use-pages';

interface TagsProps {
  registry: LocalRegistry;
  repository: string;
  /** A tag was taken away. */
  onGone: () => void;
}

export function Tags({ registry, repository, onGone }: TagsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  const { name, address } = registry;
  const pages = usePages(`${name} ${repository}`, (after, signal) =>
    client.registry.tags({ name, repository, ...after }, { signal }),
  );

  async function remove(tag: string) {
    if (!(await run(() => client.registry.deleteTag({ name, repository, tag })))) return;
    pages.reload();
    onGone();
  }

  if (pages.error) return <ErrorNotice error={pages.error} />;
  if (!pages.items) return <LoadingRows rows={1} height={36} />;
  return (
    <div className={classes.tableBox}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('registry.reference')}</Table.Th>
            <Table.Th ta="right">{t('registry.size')}</Table.Th>
            <Table.Th>{t('registry.platforms')}</Table.Th>
            <Table.Th>{t('registry.digest')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('registry.actions')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {pages.items.map(({ tag, size, platforms, digest }) => (
            <Table.Tr key={tag}>
              <Table.Td>
                <CopyText text={`${address}/${repository}:${tag}`} what={t('registry.reference')} />
              </Table.Td>
              <Table.Td ta="right" className="numbers">
                {format.size(size)}
              </Table.Td>
              <Table.Td>{platforms.join(', ')}</Table.Td>
              <Table.Td className="mono">{digest.slice(0, 19)}</Table.Td>
              <Table.Td ta="right">
                <Tooltip label={t('registry.removeTag', { tag })}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    disabled={running}
                    aria-label={t('registry.removeTag', { tag })}
                    onClick={() => void remove(tag)}
                  >
                    <IconTrash aria-hidden size={16} />
                  </ActionIcon>
                </Tooltip>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {pages.more && (
        <Button m="xs" size="xs" variant="default" onClick={pages.more}>
          {t('registry.more')}
        </Button>
      )}
    </div>
  );
}
