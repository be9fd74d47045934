// Files between this computer and a container of one object: where from and where to, how far it is, how it ended.
import { Button, Checkbox, SegmentedControl, Text, TextInput } from '@mantine/core';
import { IconCopy } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../../shared/model/errors';
import type { FileCopy } from '../../../../shared/model/pod-files';
import { copyCommand } from '../../../../shared/model/pod-files';
import { targetKindOf } from '../../../../shared/model/pod-target';
import { errorDataOf } from '../../../app/error-data';
import { useClient, useOperations } from '../../../stores/app-context';
import { Command } from '../../copy';
import { ErrorNotice } from '../../error-notice';
import { OperationLine } from '../../operation/operation-line';
import { CancelButton } from '../../operation/operation-view';
import { ContainerSelect } from '../container-select';
import type { ObjectViewProps } from '../object-view';
import classes from './files.module.css';
import type { GatheredFile } from './gather';
import { GivenFiles } from './given-files';
import { useGive } from './use-give';

const directions = ['in', 'out'] as const;

export function FilesView({ of: { context, kind, namespace = '', name }, detail }: ObjectViewProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [direction, setDirection] = useState<FileCopy['direction']>('in');
  const [container, setContainer] = useState<string>();
  const [here, setHere] = useState('');
  const [there, setThere] = useState('');
  const [force, setForce] = useState(false);
  const [files, setFiles] = useState<readonly GatheredFile[]>([]);
  const give = useGive();
  const ofWindow = direction === 'in' && files.length > 0;
  const [begun, setBegun] = useState<string>();
  const [error, setError] = useState<ErrorData>();
  const operation = useOperations().find(({ id }) => id === begun);
  const running = operation !== undefined && ['queued', 'running', 'undoing'].includes(operation.state);
  const partial = here !== '' && !/^(~\/|~$|\/|[A-Za-z]:[\\/])/.test(here);
  const place = {
    context,
    target: { namespace, kind: targetKindOf(kind.resource) ?? 'pod', name },
    ...(container !== undefined && { container }),
    there,
  };
  const copy: FileCopy = { ...place, direction, here, force: direction === 'out' && force };
  const whole = there !== '' && (ofWindow || (here !== '' && !partial));

  async function begin(event: FormEvent) {
    event.preventDefault();
    if (!whole) return;
    setError(undefined);
    setBegun(undefined);
    try {
      setBegun(ofWindow ? await give(place, files) : (await client.podFiles.copy(copy)).operationId);
    } catch (thrown) {
      setError(errorDataOf(thrown));
    }
  }

  const pathHere = (
    <TextInput
      key="here"
      size="xs"
      label={t('podFiles.here')}
      placeholder={t('podFiles.herePlaceholder')}
      autoComplete="off"
      spellCheck={false}
      value={here}
      error={partial && t('podFiles.whole')}
      onChange={(event) => setHere(event.currentTarget.value)}
    />
  );
  const pathThere = (
    <TextInput
      key="there"
      size="xs"
      label={t('podFiles.there')}
      placeholder={t('podFiles.therePlaceholder')}
      autoComplete="off"
      spellCheck={false}
      value={there}
      onChange={(event) => setThere(event.currentTarget.value)}
    />
  );
  return (
    <form className={classes.form} onSubmit={(event) => void begin(event)}>
      <div className={classes.head}>
        <SegmentedControl
          size="xs"
          aria-label={t('podFiles.direction')}
          value={direction}
          onChange={(value) => setDirection(value as FileCopy['direction'])}
          data={directions.map((value) => ({ value, label: t(`podFiles.${value}`) }))}
        />
        <ContainerSelect containers={detail.containers} chosen={container} onChoose={setContainer} />
      </div>
      {direction === 'in' ? (
        <>
          <GivenFiles files={files} onFiles={setFiles}>
            {pathHere}
          </GivenFiles>
          {pathThere}
        </>
      ) : (
        [pathThere, pathHere]
      )}
      {direction === 'out' && (
        <Checkbox
          size="xs"
          label={t('podFiles.force')}
          checked={force}
          onChange={(event) => setForce(event.currentTarget.checked)}
        />
      )}
      <Button
        size="xs"
        type="submit"
        className={classes.begin}
        disabled={!whole || running}
        leftSection={<IconCopy aria-hidden size={15} />}
      >
        {t('podFiles.copy')}
      </Button>
      {running && operation && (
        <div className={classes.running}>
          <OperationLine operation={operation} />
          <CancelButton operation={operation} />
        </div>
      )}
      {operation?.state === 'done' && (
        <Text size="sm" role="status">
          {t('podFiles.done')}
        </Text>
      )}
      {(error ?? operation?.error) && <ErrorNotice error={(error ?? operation?.error) as ErrorData} />}
      <Text size="sm" c="dimmed">
        {t('podFiles.lead')}
      </Text>
      {whole && !ofWindow && (
        <div>
          <Text size="xs" c="dimmed">
            {t('podFiles.command')}
          </Text>
          <Command text={copyCommand(copy)} />
        </div>
      )}
    </form>
  );
}
