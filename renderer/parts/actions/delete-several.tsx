// Asks before several objects are deleted, each by its name; then how far it is, and what stays and why.
import { Button, Checkbox, Group, Modal, Text } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectRef } from '../../../shared/model/actions';
import type { ErrorData } from '../../../shared/model/errors';
import type { Operation } from '../../../shared/model/operation';
import { errorDataOf } from '../../app/error-data';
import { useClient, useOperations } from '../../stores/app-context';
import { Command } from '../copy';
import { ErrorNotice } from '../error-notice';
import { LoadingRows } from '../loading-rows';
import { notify } from '../notify';
import { OperationLine } from '../operation/operation-line';
import { CancelButton } from '../operation/operation-view';
import { useAsked } from '../use-asked';
import classes from './actions.module.css';
import { Consequences } from './consequences';
import { FarName } from './far-name';

interface DeleteSeveralProps {
  context: string;
  objects: readonly ObjectRef[];
  onClose: () => void;
}

export function DeleteSeveral({ context, objects: given, onClose }: DeleteSeveralProps) {
  const { t } = useTranslation();
  // What is asked about does not change while it is.
  const [objects] = useState(given);
  const [began, setBegan] = useState<string>();
  const operation = useOperations().find(({ id }) => id === began);
  const count = objects.length;
  const done = operation?.state === 'done';

  useEffect(() => {
    if (!done) return;
    notify({ kind: 'good', message: t('actions.several.started', { count }) });
    onClose();
  }, [done, count, onClose, t]);

  return (
    <Modal opened onClose={onClose} size="lg" withCloseButton={false}>
      <Modal.Title fw={600}>{t('actions.several.title', { count })}</Modal.Title>
      {began === undefined ? (
        <Question context={context} objects={objects} onBegan={setBegan} onClose={onClose} />
      ) : (
        <Progress operation={operation} onClose={onClose} />
      )}
    </Modal>
  );
}

interface QuestionProps extends DeleteSeveralProps {
  onBegan: (operationId: string) => void;
}

function Question({ context, objects, onBegan, onClose }: QuestionProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [force, setForce] = useState(false);
  const [orphans, setOrphans] = useState(false);
  const [typed, setTyped] = useState('');
  const [running, setRunning] = useState(false);
  const [failure, setFailure] = useState<ErrorData>();
  const deletion = { context, objects: [...objects], force, orphans };
  const asked = useAsked(deletion, (asking, input, signal) => asking.actions.planDeletion(input, { signal }));
  const plan = asked.answer;
  const far = plan?.local === false;
  const error = failure ?? asked.error;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    setRunning(true);
    setFailure(undefined);
    try {
      onBegan((await client.actions.deleteSeveral({ ...deletion, ...(far && { confirmed: typed }) })).operationId);
    } catch (refused) {
      setFailure(errorDataOf(refused));
      setRunning(false);
    }
  }

  return (
    <form className={classes.body} onSubmit={(event) => void submit(event)}>
      <section className={classes.part} aria-label={t('actions.several.names')}>
        {t('actions.several.names')}
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled by keys too */}
        <ul className={classes.several} tabIndex={0}>
          {objects.map(({ namespace, name }) => (
            <li key={`${namespace}/${name}`} className="mono">
              {[namespace, name].filter(Boolean).join('/')}
            </li>
          ))}
        </ul>
      </section>
      {error && <ErrorNotice error={error} />}
      {!plan && !error && <LoadingRows rows={1} height={60} />}
      {plan && <Consequences plan={plan} verb="delete" force={force} />}
      <Checkbox
        label={t('actions.several.orphans')}
        checked={orphans}
        onChange={(event) => setOrphans(event.currentTarget.checked)}
      />
      <Checkbox
        label={t('actions.several.force')}
        checked={force}
        onChange={(event) => setForce(event.currentTarget.checked)}
      />
      {plan && (
        <div>
          <Text size="sm" c="dimmed" mb={4}>
            {t('actions.command')}
          </Text>
          <Command text={plan.command} />
        </div>
      )}
      {far && <FarName context={context} typed={typed} onType={setTyped} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('actions.cancel')}
        </Button>
        <Button
          type="submit"
          color="red"
          loading={running}
          disabled={!plan || asked.asking || asked.error !== undefined || (far && typed !== context)}
        >
          {t('actions.several.title', { count: objects.length })}
        </Button>
      </Group>
    </form>
  );
}

function Progress({ operation, onClose }: { operation: Operation | undefined; onClose: () => void }) {
  const { t } = useTranslation();
  const runs = operation === undefined || operation.state === 'running' || operation.state === 'queued';
  return (
    <div className={classes.body}>
      {operation && <OperationLine operation={operation} />}
      {operation?.steps.map(
        ({ id, note }) =>
          note && (
            <Text key={id} size="sm" c="dimmed" lang="en">
              {note}
            </Text>
          ),
      )}
      {operation?.error && operation.state === 'failed' && <ErrorNotice error={operation.error} />}
      {runs && <Text size="sm">{t('actions.several.goesOn')}</Text>}
      <Group justify="flex-end" gap="xs">
        {operation && <CancelButton operation={operation} />}
        <Button size="xs" variant="default" onClick={onClose}>
          {t('actions.several.close')}
        </Button>
      </Group>
    </div>
  );
}
