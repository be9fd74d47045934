// What can be done to an object, as buttons; what cannot be undone, or needs to be told more, asks first.
import { Button } from '@mantine/core';
import {
  IconArrowBackUp,
  IconArrowsVertical,
  IconCircleMinus,
  IconCirclePlus,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerTrackNext,
  IconRefresh,
  IconTrash,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ActionVerb, actionsFor, kubectlCommand, type ObjectRef, subjectOf } from '../../../shared/model/actions';
import type { ObjectDetail } from '../../../shared/model/objects';
import { useActiveOperation } from '../../stores/app-context';
import { OperationLine } from '../operation/operation-line';
import { CancelButton } from '../operation/operation-view';
import { ActionDialog } from './action-dialog';
import classes from './actions.module.css';
import { useAct } from './use-act';

const icons: Record<ActionVerb, typeof IconTrash> = {
  scale: IconArrowsVertical,
  restart: IconRefresh,
  'roll-back': IconArrowBackUp,
  trigger: IconPlayerTrackNext,
  suspend: IconPlayerPause,
  resume: IconPlayerPlay,
  cordon: IconCircleMinus,
  uncordon: IconCirclePlus,
  drain: IconTruckDelivery,
  delete: IconTrash,
};

/** Done at once: they lose nothing, and can be taken back. */
const plain = ['restart', 'trigger', 'suspend', 'resume', 'cordon', 'uncordon'] as const;
type Plain = (typeof plain)[number];
const isPlain = (verb: ActionVerb): verb is Plain => plain.some((one) => one === verb);

/** Of two that undo each other, the one that there is something to do for. */
function isApt(verb: ActionVerb, { unschedulable, suspended }: ObjectDetail['now']): boolean {
  if (verb === 'cordon') return !unschedulable;
  if (verb === 'uncordon') return unschedulable ?? false;
  if (verb === 'suspend') return !suspended;
  if (verb === 'resume') return suspended ?? false;
  return true;
}

interface ActionBarProps {
  context: string;
  object: ObjectRef;
  now: ObjectDetail['now'];
}

export function ActionBar({ context, object: given, now }: ActionBarProps) {
  const { t } = useTranslation();
  const key = JSON.stringify(given);
  const object = useMemo((): ObjectRef => JSON.parse(key), [key]);
  const [asked, setAsked] = useState<ActionVerb>();
  const { running, act } = useAct(context, object);
  const operation = useActiveOperation(subjectOf(context, object));

  function choose(verb: ActionVerb): void {
    if (!isPlain(verb)) setAsked(verb);
    else void act({ verb }).then((outcome) => outcome === 'unconfirmed' && setAsked(verb));
  }

  return (
    <>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form */}
      <div className={classes.bar} role="group" aria-label={t('actions.label')}>
        {actionsFor(object.kind)
          .filter((verb) => isApt(verb, now))
          .map((verb) => {
            const Icon = icons[verb];
            return (
              <Button
                key={verb}
                size="compact-sm"
                variant="default"
                disabled={running}
                leftSection={<Icon aria-hidden size={15} />}
                {...(isPlain(verb) && { title: kubectlCommand(context, object, { verb }) })}
                onClick={() => choose(verb)}
              >
                {t(`actions.verb.${verb}`)}
              </Button>
            );
          })}
      </div>
      {operation && (
        <div className={classes.operation}>
          <OperationLine operation={operation} />
          <CancelButton operation={operation} />
        </div>
      )}
      {asked && (
        <ActionDialog
          context={context}
          object={object}
          verb={asked}
          replicas={now.replicas}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
