// Asks before something is done to an object: what it needs to know, what would be lost, the same by kubectl, and the cluster's name where it is elsewhere.
import { Button, Checkbox, Group, Modal, NumberInput, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionVerb, ObjectAction, ObjectRef } from '../../../shared/model/actions';
import { Command } from '../copy';
import { ErrorNotice } from '../error-notice';
import { LoadingRows } from '../loading-rows';
import { useAsked } from '../use-asked';
import classes from './actions.module.css';
import { Consequences } from './consequences';
import { FarName } from './far-name';
import { RevisionChoice } from './revision-choice';
import { useAct } from './use-act';

interface ActionDialogProps {
  context: string;
  object: ObjectRef;
  verb: ActionVerb;
  /** As many pods as are wanted now. */
  replicas?: number | undefined;
  onClose: () => void;
}

export function ActionDialog({ context, object, verb, replicas, onClose }: ActionDialogProps) {
  const { t } = useTranslation();
  const { name } = object;
  const [count, setCount] = useState<number | string>(replicas ?? 1);
  const [revision, setRevision] = useState<number>();
  const [force, setForce] = useState(false);
  const [orphans, setOrphans] = useState(false);
  const [typed, setTyped] = useState('');
  const { running, act } = useAct(context, object);
  const action = actionOf(verb, { count, revision, force, orphans });
  const asked = useAsked(action && { context, object, action }, (client, input, signal) =>
    client.actions.plan(input, { signal }),
  );
  const plan = asked.answer;
  const far = plan?.local === false;
  const title = t(`actions.title.${verb}`, { name });

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (!action) return;
    void act(action, far ? typed : undefined).then((outcome) => outcome === 'done' && onClose());
  }

  return (
    <Modal opened onClose={onClose} size="lg" withCloseButton={false}>
      {/* Not as the dialog's `title`: that would sit in a second banner. */}
      <Modal.Title fw={600}>{title}</Modal.Title>
      <form className={classes.body} onSubmit={submit}>
        {verb === 'scale' && (
          <NumberInput
            data-autofocus
            label={t('actions.replicas')}
            min={0}
            max={100_000}
            allowDecimal={false}
            value={count}
            onChange={setCount}
            {...(count === 0 && { description: t('actions.none') })}
          />
        )}
        {verb === 'roll-back' && (
          <RevisionChoice context={context} object={object} chosen={revision} onChoose={setRevision} />
        )}
        {asked.error && <ErrorNotice error={asked.error} />}
        {!plan && !asked.error && action && <LoadingRows rows={1} height={60} />}
        {plan && (verb === 'delete' || verb === 'drain') && <Consequences plan={plan} verb={verb} force={force} />}
        {verb === 'delete' && (
          <Checkbox
            label={t('actions.orphans')}
            checked={orphans}
            onChange={(event) => setOrphans(event.currentTarget.checked)}
          />
        )}
        {(verb === 'delete' || verb === 'drain') && (
          <Checkbox
            label={t(`actions.force.${verb}`)}
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
        )}
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
          <Button variant="default" {...(verb !== 'scale' && { 'data-autofocus': true })} onClick={onClose}>
            {t('actions.cancel')}
          </Button>
          <Button
            type="submit"
            loading={running}
            disabled={!plan || asked.asking || asked.error !== undefined || (far && typed !== context)}
            {...((verb === 'delete' || verb === 'drain') && { color: 'red' })}
          >
            {title}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}

interface Wanted {
  count: number | string;
  revision: number | undefined;
  force: boolean;
  orphans: boolean;
}

/** Undefined while something has to be said first. */
function actionOf(verb: ActionVerb, { count, revision, force, orphans }: Wanted): ObjectAction | undefined {
  if (verb === 'scale') return typeof count === 'number' ? { verb, replicas: count } : undefined;
  if (verb === 'roll-back') return revision === undefined ? undefined : { verb, revision };
  if (verb === 'drain') return { verb, force };
  if (verb === 'delete') return { verb, force, orphans };
  return { verb };
}
