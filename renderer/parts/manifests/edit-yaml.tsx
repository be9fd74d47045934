// An object's own YAML, edited: what saving would change is shown as one types, with mistakes at their lines and fields of others by their owners.
import { Button, Group, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ObjectRef } from '../../../shared/model/actions';
import { useClient } from '../../stores/app-context';
import { FarName } from '../actions/far-name';
import { Command } from '../copy';
import { DiffView } from '../diff-view';
import { ErrorNotice } from '../error-notice';
import { notify } from '../notify';
import { useAsked } from '../use-asked';
import { useCall } from '../use-call';
import { Conflicts, TakeOver } from './conflicts';
import { ManifestText } from './manifest-text';
import classes from './manifests.module.css';

interface EditYamlProps {
  context: string;
  object: ObjectRef;
  /** As it is in the cluster now. */
  yaml: string;
  /** It has been deleted. */
  gone: boolean;
  onClose: () => void;
}

export function EditYaml({ context, object, yaml, gone, onClose }: EditYamlProps) {
  const { t } = useTranslation();
  const client = useClient();
  const [base, setBase] = useState(yaml);
  const [text, setText] = useState(yaml);
  const [force, setForce] = useState(false);
  const [typed, setTyped] = useState('');
  const { running, run } = useCall();
  const touched = text !== base;
  const edit = { context, object, base, text, force };
  const asked = useAsked(touched && !gone ? edit : undefined, (given, input, signal) =>
    given.manifests.planEdit(input, { signal }),
  );
  const plan = touched ? asked.answer : undefined;
  const far = plan?.local === false;
  const owned = plan !== undefined && plan.conflicts.length > 0;
  const ready = plan && !asked.asking && !asked.error && !plan.error && plan.problems.length === 0 && !owned;

  async function save(): Promise<void> {
    const saved = await run(() => client.manifests.edit({ ...edit, ...(far && { confirmed: typed }) }));
    if (!saved) return;
    notify({ kind: 'good', message: t('manifests.saved', { name: object.name }) });
    onClose();
  }

  return (
    <div className={classes.body}>
      <ManifestText text={text} onChange={setText} problems={plan?.problems ?? []} label="YAML" />
      {gone && <Text size="sm">{t('manifests.gone')}</Text>}
      {yaml !== base && !gone && (
        <Group gap="xs" justify="space-between">
          <Text size="sm">{t('manifests.changedMeanwhile')}</Text>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              setBase(yaml);
              setText(yaml);
            }}
          >
            {t('manifests.takePresent')}
          </Button>
        </Group>
      )}
      {asked.error && touched && <ErrorNotice error={asked.error} />}
      {plan?.error && <ErrorNotice error={plan.error} />}
      {plan && (
        <>
          {plan.rebased && <Text size="sm">{t('manifests.rebased')}</Text>}
          <Conflicts conflicts={plan.conflicts} />
          {(owned || force) && <TakeOver force={force} onForce={setForce} />}
          {plan.hunks.length > 0 && <DiffView files={[{ file: object.name, hunks: plan.hunks }]} />}
          <Command text={plan.command} />
        </>
      )}
      {far && <FarName context={context} typed={typed} onType={setTyped} />}
      <Group justify="flex-end" gap="xs">
        <Button size="xs" variant="default" onClick={onClose}>
          {t('manifests.discard')}
        </Button>
        <Button
          size="xs"
          loading={running}
          disabled={!ready || plan.hunks.length === 0 || (far && typed !== context)}
          onClick={() => void save()}
        >
          {t('manifests.save')}
        </Button>
      </Group>
    </div>
  );
}
