// What a folder without a skaffold.yaml could be: what was found, the file, and saving it.
import { Button, Group, Table, Text, Title } from '@mantine/core';
import { IconDeviceFloppy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Pasteable } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { useAsked } from '../../parts/use-asked';
import { useCall } from '../../parts/use-call';
import { useFormat } from '../../parts/words';
import { useClient } from '../../stores/app-context';
import classes from './dev.module.css';

export function ProposalView({ dir, onSaved }: { dir: string; onSaved: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const client = useClient();
  const { running, run } = useCall();
  const { answer, error } = useAsked({ dir }, (core, input, signal) => core.devloop.propose(input, { signal }));
  if (error) return <ErrorNotice error={error} />;
  if (!answer) return <LoadingRows rows={2} />;
  const { yaml, artifacts, fetched, cut } = answer;
  if (yaml === undefined) {
    return (
      <div>
        <Title order={2} className={classes.heading}>
          {t('dev.empty')}
        </Title>
        <Text maw={640}>{t('dev.emptyText')}</Text>
        {cut && <Text mt="xs">{t('dev.cut')}</Text>}
      </div>
    );
  }
  const save = async () => {
    if (await run(() => client.devloop.save({ dir, yaml }))) onSaved();
  };
  return (
    <>
      <Text>{t('dev.proposal')}</Text>
      <Pasteable text={yaml} label={t('dev.proposalYaml')} height="42vh" />
      {artifacts.length > 0 && (
        <div className={classes.tableBox}>
          <Table aria-label={t('dev.builds')}>
            <Table.Tbody>
              {artifacts.map(({ image, dockerfile, namedBy }) => (
                <Table.Tr key={dockerfile}>
                  <Table.Td className="mono">{image}</Table.Td>
                  <Table.Td className="mono">{dockerfile}</Table.Td>
                  <Table.Td>{t(`dev.namedBy.${namedBy}`)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
      {fetched.length > 0 && <Text>{t('dev.fetched', { images: format.list(fetched) })}</Text>}
      {cut && <Text>{t('dev.cut')}</Text>}
      <Group>
        <Button loading={running} leftSection={<IconDeviceFloppy aria-hidden size={17} />} onClick={() => void save()}>
          {t('dev.save')}
        </Button>
      </Group>
    </>
  );
}
