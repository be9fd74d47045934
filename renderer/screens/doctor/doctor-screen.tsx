// The doctor: what was looked at, what is wrong, and the button that mends it.
import { Button, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { type Check, isTold } from '../../../shared/model/diagnostics';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import { useConnectionPhase, useStores } from '../../stores/app-context';
import { CheckGroup } from './check-group';
import { groupChecks } from './group-checks';

export function DoctorScreen() {
  const { t } = useTranslation();
  const stores = useStores();
  const { value: checks, error, asking } = useStore(stores.checks);
  const open = useConnectionPhase() === 'open';

  useEffect(() => {
    if (open) void stores.loadChecks();
  }, [stores, open]);

  return (
    <Page
      title={t('nav.doctor')}
      lead={t('doctor.lead')}
      actions={
        <Button
          variant="default"
          loading={asking}
          disabled={!open}
          leftSection={<IconRefresh aria-hidden size={16} />}
          onClick={() => void stores.loadChecks()}
        >
          {t('doctor.again')}
        </Button>
      }
    >
      {error && <ErrorNotice error={error} />}
      {!checks && !error && <LoadingRows rows={4} height={56} />}
      {checks && <Sum checks={checks} />}
      {checks && groupChecks(checks).map(([group, items]) => <CheckGroup key={group} group={group} checks={items} />)}
    </Page>
  );
}

/** One sentence that says whether all is well. */
function Sum({ checks }: { checks: readonly Check[] }) {
  const { t } = useTranslation();
  const told = checks.filter(isTold);
  const count = (verdict: Check['verdict']) => told.filter((check) => check.verdict === verdict).length;
  const problems = count('problem');
  const warnings = count('warning');
  const sentences = [
    ...(problems > 0 ? [t('doctor.problems', { count: problems })] : []),
    ...(warnings > 0 ? [t('doctor.warnings', { count: warnings })] : []),
  ];
  return (
    <Text role="status" fw={500}>
      {sentences.length > 0
        ? sentences.join(t('listSeparator'))
        : t('doctor.allWell', { count: checks.filter((check) => !check.muted).length })}
    </Text>
  );
}
