// Images by nodes, as a table with a search.
import { ActionIcon, Badge, Table, Text, TextInput, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconCheck, IconSearch, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClusterImage, ClusterImages } from '../../../../shared/model/images';
import { useFormat } from '../../../parts/words';
import classes from '../cluster.module.css';

interface Matrix {
  cluster: string;
  list: ClusterImages;
  onRemove(id: string): void;
}

export const shortName = (name: string) => name.replace(/^docker\.io\/(library\/)?/, '');
export const titleOf = ({ names, id }: Pick<ClusterImage, 'names' | 'id'>) =>
  names.map(shortName).join(', ') || id.replace('sha256:', '').slice(0, 12);

export function ImageMatrix({ cluster, list, onRemove }: Matrix) {
  const { t } = useTranslation();
  const [search, setSearch] = useState('');
  const shown = list.images.filter((image) => titleOf(image).toLowerCase().includes(search.trim().toLowerCase()));
  return (
    <>
      <TextInput
        mb="sm"
        maw={360}
        aria-label={t('nodeImages.search')}
        placeholder={t('nodeImages.search')}
        leftSection={<IconSearch aria-hidden size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      <div className={classes.tableBox}>
        <Table verticalSpacing={8} horizontalSpacing="md" aria-label={t('nodeImages.title')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('nodeImages.image')}</Table.Th>
              <Table.Th ta="right">{t('nodeImages.size')}</Table.Th>
              <Table.Th>{t('nodeImages.usedBy')}</Table.Th>
              {list.nodes.map(({ name }) => (
                <Table.Th key={name}>{name.replace(`${cluster}-`, '')}</Table.Th>
              ))}
              <Table.Th pos="relative">
                <VisuallyHidden>{t('nodeImages.actions')}</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((image) => (
              <ImageRow key={image.id} image={image} nodes={list.nodes} onRemove={onRemove} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {shown.length === 0 && (
        <Text c="dimmed" mt="sm">
          {t('nodeImages.none')}
        </Text>
      )}
    </>
  );
}

function ImageRow({
  image,
  nodes,
  onRemove,
}: {
  image: ClusterImage;
  nodes: ClusterImages['nodes'];
  onRemove: Matrix['onRemove'];
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = titleOf(image);
  const pods = image.pods.map(({ namespace, name }) => `${namespace}/${name}`);
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} className="mono">
        {title}{' '}
        {image.system && (
          <Badge size="xs" variant="light" color="gray">
            {t('nodeImages.system')}
          </Badge>
        )}
      </Table.Th>
      <Table.Td ta="right" className="numbers">
        {format.size(image.size)}
      </Table.Td>
      <Table.Td>
        {pods.length === 0 ? (
          '–'
        ) : (
          <Tooltip label={format.list(pods.slice(0, 8))} multiline maw={420}>
            <span>{t('nodeImages.pods', { count: pods.length })}</span>
          </Tooltip>
        )}
      </Table.Td>
      {nodes.map(({ name }) => (
        <Table.Td key={name} pos="relative">
          {image.nodes.includes(name) ? (
            <IconCheck size={16} role="img" aria-label={t('nodeImages.there')} display="block" />
          ) : (
            <VisuallyHidden>{t('nodeImages.notThere')}</VisuallyHidden>
          )}
        </Table.Td>
      ))}
      <Table.Td>
        <ActionIcon
          variant="subtle"
          color="red"
          disabled={pods.length > 0 || image.system}
          aria-label={t('nodeImages.removeOne', { image: title })}
          onClick={() => onRemove(image.id)}
        >
          <IconTrash size={16} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}
