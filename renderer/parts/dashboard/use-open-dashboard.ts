// Opens a cluster's dashboard in a tab of its own, signed in.
import { useTranslation } from 'react-i18next';
import type { DashboardRights } from '../../../shared/model/dashboard';
import { errorDataOf } from '../../app/error-data';
import { useClient } from '../../stores/app-context';
import { notify } from '../notify';

/** Rejects as `dashboard.open` does. */
export function useOpenDashboard(context: string): (rights?: DashboardRights) => Promise<void> {
  const { t } = useTranslation();
  const client = useClient();
  return async function open(rights) {
    const { invitation } = await client.dashboard.open({ context, ...(rights && { rights }) });
    // The desktop hands the address to the browser and has no tab to give back.
    if (window.open(invitation, '_blank') !== null || window.location.protocol === 'app:') return;
    const again = () => void open(rights).catch((error: unknown) => notify(blocked(errorDataOf(error).message)));
    notify({ ...blocked(t('dashboard.blocked')), action: { label: t('dashboard.open'), run: again } });
  };
}

function blocked(message: string) {
  return { kind: 'bad', message } as const;
}
