// A cluster's dashboard: what is there and whom one can be in it, or the form that sets one up; what is being done to it now.
import { Button, Modal, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasEnded } from '../../../shared/model/operation';
import { useOperations } from '../../stores/app-context';
import { useTopic } from '../../stores/use-topic';
import { ErrorNotice } from '../error-notice';
import { LoadingRows } from '../loading-rows';
import { OperationView } from '../operation/operation-view';
import classes from './dashboard.module.css';
import { DashboardForm } from './dashboard-form';
import { DashboardThere } from './dashboard-there';

export interface DashboardDialogProps {
  context: string;
  far: boolean;
  opened: boolean;
  onClose: () => void;
}

export function DashboardDialog({ context, far, opened, onClose }: DashboardDialogProps) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size="lg" withCloseButton={false}>
      <Modal.Title fw={600}>{t('dashboard.title', { name: context })}</Modal.Title>
      {far && (
        <Text size="sm" mt={4} fw={500}>
          {t('dashboard.far')}
        </Text>
      )}
      <Body context={context} far={far} onClose={onClose} />
    </Modal>
  );
}

function Body({ context, far, onClose }: Omit<DashboardDialogProps, 'opened'>) {
  const { t } = useTranslation();
  const view = useTopic(context, (client, subject, signal) => client.dashboard.watch({ context: subject }, { signal }));
  const [begun, setBegun] = useState<string>();
  const operation = useOperations().find(({ id }) => id === begun);
  const running = operation !== undefined && !hasEnded(operation.state);
  const failed = operation !== undefined && hasEnded(operation.state) && operation.state !== 'done';
  if (!view) return <LoadingRows />;
  const there = view.dashboards.length > 0;
  return (
    <div className={classes.body}>
      {(running || failed) && <OperationView operation={operation} />}
      {view.error && !running && (
        <ErrorNotice
          error={view.error}
          actions={
            <Button size="xs" variant="default" onClick={onClose}>
              {t('dashboard.close')}
            </Button>
          }
        />
      )}
      {!view.error && !running && there && (
        <DashboardThere view={view} far={far} onBegin={setBegun} onClose={onClose} />
      )}
      {!view.error && !running && !there && (
        <DashboardForm context={context} far={far} onBegin={setBegun} onClose={onClose} />
      )}
    </div>
  );
}
