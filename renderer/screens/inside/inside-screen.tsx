// The look inside the cluster of any context; one that is not on this computer is marked so.
import { useTranslation } from 'react-i18next';
import { isLocalOrigin } from '../../../shared/model/kubeconfig';
import type { ObjectAt } from '../../app/route';
import { DashboardButton } from '../../parts/dashboard/dashboard-button';
import { Browser } from '../../parts/inside/browser';
import { Page } from '../../parts/page';
import { useTopic } from '../../stores/use-topic';

interface InsideScreenProps {
  context: string;
  /** The object that is looked at first. */
  at?: ObjectAt | undefined;
}

export function InsideScreen({ context, at }: InsideScreenProps) {
  const { t } = useTranslation();
  const view = useTopic('kubeconfig', (client, _subject, signal) => client.kubeconfig.watch(undefined, { signal }));
  const found = view?.contexts.find(({ name }) => name === context);
  // Until it is known where a context leads, it is handled with care.
  const far = found === undefined || !isLocalOrigin(found.origin);
  const lead = found && far ? `${t('dashboard.far')} ${found.server ?? ''}` : t('inside.lead');
  return (
    <Page title={context} lead={lead} actions={<DashboardButton context={context} far={far} />}>
      <Browser context={context} at={at} />
    </Page>
  );
}
