// All contexts in rows: a click on a name looks at it, its button or Enter makes it the one that kubectl uses.
import { Button, Table, Text } from '@mantine/core';
import { IconArrowRight, IconWorld } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isExpired, isLocalOrigin, type KubeContext } from '../../../shared/model/kubeconfig';
import { dateIn } from '../../../shared/model/sentence';
import { ContextState } from './context-state';
import classes from './kubeconfig.module.css';
import { useChange } from './use-change';
import type { Probes } from './use-probes';

interface ContextsTableProps {
  contexts: readonly KubeContext[];
  selected: string | undefined;
  onSelect: (name: string) => void;
  probes: Probes;
  /** There is more than one file to be from. */
  several: boolean;
}

export function ContextsTable({ contexts, selected, onSelect, probes, several }: ContextsTableProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.tableBox}>
      <Table verticalSpacing={4} horizontalSpacing={8} aria-label={t('kubeconfig.table')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('kubeconfig.context')}</Table.Th>
            <Table.Th>
              <span className={classes.hidden}>{t('kubeconfig.use')}</span>
            </Table.Th>
            <Table.Th>{t('kubeconfig.state')}</Table.Th>
            <Table.Th>{t('kubeconfig.of')}</Table.Th>
            <Table.Th>{t('kubeconfig.namespace')}</Table.Th>
            <Table.Th>{t('kubeconfig.expires')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {contexts.map((context) => (
            <Row key={context.name} {...{ context, onSelect, probes, several }} selected={context.name === selected} />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

type RowProps = Pick<ContextsTableProps, 'onSelect' | 'probes' | 'several'> & {
  context: KubeContext;
  selected: boolean;
};

function Row({ context, selected, onSelect, probes, several }: RowProps) {
  const { t, i18n } = useTranslation();
  const { running, change } = useChange();
  const { name, file, current, namespace, expiresAt, origin } = context;
  const use = () => void change({ kind: 'use', context: name });
  return (
    <Table.Tr data-current={current || undefined} data-selected={selected || undefined} className={classes.row}>
      <Table.Td>
        <button
          type="button"
          className={classes.name}
          title={name}
          aria-pressed={selected}
          aria-keyshortcuts="Enter"
          onClick={() => onSelect(name)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            onSelect(name);
            if (!current) use();
          }}
        >
          <span className="mono">{name}</span>
        </button>
        {several && (
          <div className={classes.file} title={file}>
            {file.split(/[/\\]/).slice(-2).join('/')}
          </div>
        )}
      </Table.Td>
      <Table.Td className={classes.action}>
        {current ? (
          <span className={classes.current}>
            <IconArrowRight aria-hidden size={15} />
            {t('kubeconfig.current')}
          </span>
        ) : (
          <Button
            size="compact-sm"
            variant="default"
            loading={running}
            aria-label={t('kubeconfig.useNamed', { name })}
            onClick={use}
          >
            {t('kubeconfig.use')}
          </Button>
        )}
      </Table.Td>
      <Table.Td>
        <ContextState context={context} probes={probes} />
      </Table.Td>
      <Table.Td>
        <span className={classes.origin} data-remote={!isLocalOrigin(origin) || undefined}>
          {!isLocalOrigin(origin) && <IconWorld aria-hidden size={15} />}
          {t(`kubeconfig.origin.${origin}`)}
        </span>
      </Table.Td>
      <Table.Td className="mono">{namespace ?? 'default'}</Table.Td>
      <Table.Td>
        {expiresAt && (
          <Text
            size="sm"
            className={classes.date}
            {...(isExpired(expiresAt, Date.now()) && { c: 'red' })}
            title={dateIn(i18n.language, expiresAt)}
          >
            {new Intl.DateTimeFormat(i18n.language, { year: 'numeric', month: 'short' }).format(new Date(expiresAt))}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
