// The images that a loop built and the objects that it owns in the cluster.
import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Loop, LoopArtifact, LoopResource } from '../../../shared/model/devloop/loop';
import { StateBadge } from '../../parts/badge';
import { remarkWords } from '../../parts/sentence-words';
import { useFormat } from '../../parts/words';
import classes from './loop.module.css';

const artifactLooks = { waiting: 'off', building: 'busy', delivering: 'busy', ready: 'good', failed: 'bad' } as const;
const resourceLooks = { applied: 'off', waiting: 'busy', ready: 'good', failed: 'bad' } as const;

export function Resources({ loop: { artifacts, resources } }: { loop: Loop }) {
  const { t } = useTranslation();
  if (artifacts.length + resources.length === 0) return <Text className={classes.quiet}>{t('dev.noResources')}</Text>;
  return (
    <>
      {artifacts.length > 0 && <Artifacts artifacts={artifacts} />}
      {resources.length > 0 && (
        <div className={classes.tableBox}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('dev.object')}</Table.Th>
                <Table.Th>{t('dev.namespaceHead')}</Table.Th>
                <Table.Th>{t('dev.state')}</Table.Th>
                <Table.Th>{t('dev.waitsFor')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {resources.map((resource) => (
                <ResourceRow key={`${resource.kind}/${resource.namespace}/${resource.name}`} resource={resource} />
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </>
  );
}

function ResourceRow({ resource: { kind, namespace, name, state, note } }: { resource: LoopResource }) {
  const { t, i18n } = useTranslation();
  return (
    <Table.Tr>
      <Table.Td>
        <span className={classes.quiet}>{kind}</span> <span className="mono">{name}</span>
      </Table.Td>
      <Table.Td className="mono">{namespace}</Table.Td>
      <Table.Td>
        <StateBadge look={resourceLooks[state]} word={t(`dev.resource.${state}`)} />
      </Table.Td>
      <Table.Td className={classes.quiet}>{note && remarkWords(i18n, note)}</Table.Td>
    </Table.Tr>
  );
}

function Artifacts({ artifacts }: { artifacts: readonly LoopArtifact[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <div className={classes.tableBox}>
      <Table mb="md">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('dev.image')}</Table.Th>
            <Table.Th>{t('dev.digest')}</Table.Th>
            <Table.Th>{t('dev.state')}</Table.Th>
            <Table.Th>{t('dev.builtAt')}</Table.Th>
            <Table.Th className={classes.figure}>{t('dev.fileCount')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {artifacts.map(({ image, digest, state, builtAt, files }) => (
            <Table.Tr key={image}>
              <Table.Td className="mono">{image}</Table.Td>
              <Table.Td className="mono" title={digest}>
                {digest?.replace(/^sha256:/, '').slice(0, 12)}
              </Table.Td>
              <Table.Td>
                <StateBadge look={artifactLooks[state]} word={t(`dev.artifact.${state}`)} />
              </Table.Td>
              <Table.Td>{builtAt !== undefined && format.timeOfDay(builtAt)}</Table.Td>
              <Table.Td className={classes.figure}>{files !== undefined && format.number(files, 0)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}
