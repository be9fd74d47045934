// The ports of this computer that lead into what a loop deployed, and why one does not.
import { Anchor, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Loop, LoopForward } from '../../../shared/model/devloop/loop';
import { StateBadge } from '../../parts/badge';
import { Copy } from '../../parts/copy';
import { remarkWords } from '../../parts/sentence-words';
import classes from './loop.module.css';

const looks = { open: 'good', waiting: 'busy', failed: 'bad' } as const;

export function Forwards({ loop: { forwards } }: { loop: Loop }) {
  const { t } = useTranslation();
  if (forwards.length === 0) return <Text className={classes.quiet}>{t('dev.noForwards')}</Text>;
  return (
    <div className={classes.tableBox}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('dev.here')}</Table.Th>
            <Table.Th>{t('dev.leadsTo')}</Table.Th>
            <Table.Th>{t('dev.state')}</Table.Th>
            <Table.Th>{t('dev.why')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {forwards.map((forward) => (
            <ForwardRow
              key={`${forward.namespace}/${forward.resourceType}/${forward.resourceName}:${forward.port}`}
              forward={forward}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function ForwardRow({ forward }: { forward: LoopForward }) {
  const { t, i18n } = useTranslation();
  const { resourceType, resourceName, port, url, address, localPort, state, note, declared } = forward;
  const here = url ?? (localPort === undefined ? undefined : `${address ?? '127.0.0.1'}:${localPort}`);
  return (
    <Table.Tr>
      <Table.Td className="mono">
        {url ? (
          <Anchor href={url} target="_blank" rel="noreferrer" className="mono">
            {url}
          </Anchor>
        ) : (
          (here ?? '—')
        )}
        {here && <Copy text={here} what={here} />}
      </Table.Td>
      <Table.Td className="mono">{`${resourceType}/${resourceName}:${port}`}</Table.Td>
      <Table.Td>
        <StateBadge look={looks[state]} word={t(`dev.forwardState.${state}`)} />
      </Table.Td>
      <Table.Td className={classes.quiet}>
        {note ? remarkWords(i18n, note) : declared ? t('dev.declared') : t('dev.found')}
      </Table.Td>
    </Table.Tr>
  );
}
