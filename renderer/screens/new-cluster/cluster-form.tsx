// Middle: the few things worth changing, and the button that is always there.
import { Button, Checkbox, Text, TextInput, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconSailboat } from '@tabler/icons-react';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ErrorData } from '../../../shared/model/errors';
import { ErrorNotice } from '../../parts/error-notice';
import { ParameterFields } from '../../parts/parameters/parameter-fields';
import type { UsableTemplate } from '../../stores/app-context';
import classes from './new-cluster.module.css';
import type { Form, NameProblem } from './request';
import { PortFields, WorkerField } from './shape-fields';
import { VersionField } from './version-field';

interface ClusterFormProps {
  form: Form;
  /** The template, once it is known. */
  chosen: UsableTemplate | undefined;
  change: (fields: Partial<Form>) => void;
  problem: NameProblem | undefined;
  /** Why the button does not work now. */
  reason: string | undefined;
  creating: boolean;
  failure: ErrorData | undefined;
  onCreate: () => void;
}

export function ClusterForm(props: ClusterFormProps) {
  const { form, chosen, change, problem, reason, creating, failure, onCreate } = props;
  const { t } = useTranslation();
  const reasonId = useId();

  function submit(event: FormEvent) {
    event.preventDefault();
    if (!reason && !creating) onCreate();
  }

  return (
    <form className={classes.column} onSubmit={submit} aria-label={t('newCluster.settings')}>
      <h2 className={classes.heading}>{t('newCluster.settings')}</h2>
      <TextInput
        label={t('newCluster.name.label')}
        description={t('newCluster.name.hint')}
        classNames={{ input: classes.name ?? '' }}
        value={form.name}
        error={problem && t(`newCluster.name.${problem}`, { name: form.name })}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        onChange={(event) => change({ name: event.currentTarget.value })}
        onFocus={(event) => event.currentTarget.select()}
      />
      {chosen && (
        <>
          <ParameterFields
            parameters={chosen.template.spec.parameters}
            values={form.parameters}
            onChange={(parameters) => change({ parameters })}
          />
          <VersionField
            provider={chosen.template.spec.provider}
            image={form.image}
            onChange={(image) => change({ image })}
          />
          <WorkerField yaml={chosen.yaml} shape={form.shape} onChange={(shape) => change({ shape })} />
        </>
      )}
      <Checkbox
        label={t('newCluster.switch')}
        description={t('newCluster.switchHint', { name: form.name })}
        checked={form.switchContext}
        onChange={(event) => change({ switchContext: event.currentTarget.checked })}
      />
      <More form={form} change={change} />
      {failure && <ErrorNotice error={failure} />}
      <div className={classes.create}>
        <Button
          type="submit"
          size="md"
          fullWidth
          disabled={reason !== undefined}
          loading={creating}
          aria-describedby={reasonId}
          leftSection={<IconSailboat aria-hidden size={19} />}
        >
          {problem ? t('newCluster.createUnnamed') : t('newCluster.create', { name: form.name })}
        </Button>
        <Text id={reasonId} size="sm" c="dimmed" ta="center" mt={6} mih={20}>
          {reason ?? t('newCluster.enter')}
        </Text>
      </div>
    </form>
  );
}

/** What hardly anybody has to change. */
function More({ form, change }: Pick<ClusterFormProps, 'form' | 'change'>) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div>
      <UnstyledButton className={classes.more} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight aria-hidden size={16} className={classes.chevron} data-open={open || undefined} />
        {t('newCluster.more')}
      </UnstyledButton>
      {open && (
        <div className={classes.folded}>
          <PortFields shape={form.shape} onChange={(shape) => change({ shape })} />
          <TextInput
            label={t('newCluster.image.label')}
            description={t('newCluster.image.hint')}
            placeholder="kindest/node:v1.34.0"
            classNames={{ input: classes.name ?? '' }}
            value={form.image}
            spellCheck={false}
            onChange={(event) => change({ image: event.currentTarget.value })}
          />
          <Checkbox
            label={t('newCluster.keep')}
            description={t('newCluster.keepHint')}
            checked={form.keepOnFailure}
            onChange={(event) => change({ keepOnFailure: event.currentTarget.checked })}
          />
        </div>
      )}
    </div>
  );
}
