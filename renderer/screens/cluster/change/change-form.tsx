// What every dialog that changes a cluster looks like: the fields, beside them what will happen and how to do it from a terminal.
import { Button, Group, Modal, Text } from '@mantine/core';
import type { FormEvent, PropsWithChildren, ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { commandOf } from '../../../../shared/model/change-command';
import type { Cluster } from '../../../../shared/model/cluster';
import { Command } from '../../../parts/copy';
import { ErrorNotice } from '../../../parts/error-notice';
import { LoadingRows } from '../../../parts/loading-rows';
import { StepList, usePlanSum } from '../../../parts/plan-steps';
import classes from './change.module.css';
import type { Change } from './use-change';

interface ChangeFormProps {
  cluster: Cluster;
  title: string;
  change: Change;
  /** The error stands at a field already. */
  errorShown?: boolean;
  /** What the button says. */
  confirm: string;
  dangerous?: boolean;
  icon: ReactNode;
  onClose: () => void;
}

export function ChangeForm(props: PropsWithChildren<ChangeFormProps>) {
  const { cluster, title, change, errorShown, confirm, dangerous, icon, onClose, children } = props;
  const { t } = useTranslation();
  const ready = change.changes !== undefined && change.error === undefined;

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (ready && !change.starting && (await change.start())) onClose();
  }

  return (
    <form onSubmit={(event) => void submit(event)} aria-label={title} noValidate>
      <Modal.Title fw={600}>{title}</Modal.Title>
      <div className={classes.columns}>
        <div className={classes.fields}>
          {children}
          {change.error && !errorShown && <ErrorNotice error={change.error} />}
        </div>
        <WhatWillHappen cluster={cluster} change={change} />
      </div>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" {...(dangerous && { 'data-autofocus': true })} onClick={onClose}>
          {t('action.cancel')}
        </Button>
        <Button
          type="submit"
          {...(dangerous && { color: 'red' })}
          disabled={!ready}
          loading={change.starting}
          leftSection={icon}
        >
          {confirm}
        </Button>
      </Group>
    </form>
  );
}

function WhatWillHappen({ cluster, change }: { cluster: Cluster; change: Change }) {
  const { t } = useTranslation();
  const sum = usePlanSum();
  const { answer, asking } = change.plan;
  if (!change.changes || change.error || !answer) {
    return (
      <section className={classes.plan} aria-label={t('plan.title')}>
        <h3 className={classes.heading}>{t('plan.title')}</h3>
        {change.changes && !change.error ? (
          <LoadingRows rows={3} height={32} />
        ) : (
          <Text size="sm" c="dimmed">
            {t('change.noPlan')}
          </Text>
        )}
      </section>
    );
  }
  const byHand = answer.plan.steps.flatMap(({ command }) => (command ? [withContext(command, cluster.context)] : []));
  return (
    <section className={classes.plan} aria-label={t('plan.title')} aria-busy={asking}>
      <h3 className={classes.heading}>{t('plan.title')}</h3>
      <Text size="sm" c="dimmed">
        {sum(answer.plan)}
      </Text>
      <StepList plan={answer.plan} />
      <h3 className={classes.heading}>{t('plan.command')}</h3>
      <Command text={change.changes.map((one) => commandOf(change.cluster, one)).join('\n')} />
      {byHand.length > 0 && (
        <>
          <Text size="sm" c="dimmed">
            {t('change.byHand')}
          </Text>
          <Command text={byHand.join('\n')} />
        </>
      )}
    </section>
  );
}

/** The plan's commands are run on the cluster; from this computer kubectl must be told which one. */
function withContext(command: string, context: string): string {
  return command.replace(/^kubectl /, `kubectl --context ${context} `);
}
