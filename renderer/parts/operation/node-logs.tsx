// The last words of nodes that a failed create took away, one file at a time.
import { Select, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorDataOf } from '../../app/error-data';
import { useClient } from '../../stores/app-context';
import { LoadingRows } from '../loading-rows';
import classes from './operation.module.css';
import { plainText } from './plain-text';

type Files = readonly { path: string; text: string }[];

export function NodeLogs({ id }: { id: string }) {
  const { t } = useTranslation();
  const { operations } = useClient();
  const [files, setFiles] = useState<Files>();
  const [failure, setFailure] = useState<string>();
  const [chosen, setChosen] = useState<string | null>(null);

  useEffect(() => {
    operations.nodeLogs({ id }).then(setFiles, (error) => setFailure(errorDataOf(error).message));
  }, [operations, id]);

  if (failure !== undefined) return <Text c="dimmed">{failure}</Text>;
  if (!files) return <LoadingRows />;
  const shown = files.find(({ path }) => path === chosen) ?? files[0];
  return (
    <>
      <Select
        mt="sm"
        mb="xs"
        maw={420}
        label={t('operation.nodeLogs')}
        data={files.map(({ path }) => path)}
        value={shown?.path ?? null}
        allowDeselect={false}
        onChange={setChosen}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section className={classes.log} tabIndex={0} aria-label={shown?.path ?? ''}>
        <pre className={classes.nodeLog}>{plainText(shown?.text ?? '')}</pre>
      </section>
    </>
  );
}
