// Does what was chosen in the palette; what would lose something asks first, by the same dialogs as everywhere.
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionDialog } from '../../parts/actions/action-dialog';
import { DeleteDialog } from '../../parts/delete-dialog';
import { notify } from '../../parts/notify';
import { useCall } from '../../parts/use-call';
import { useAnyClusterActions } from '../../parts/use-cluster-actions';
import { useClient, useCluster, useStores } from '../../stores/app-context';
import { navigate } from '../route';
import type { Deed } from './entry';

/** What asks before it is done. */
type Asked = Extract<Deed, { do: 'object' }> | { do: 'delete'; name: string };

/** What is one call of the core. */
type Called = Extract<Deed, { do: 'switch' | 'load' | 'loop' | 'set' | 'cancel' | 'reconnect' | 'ask-doctor' }>;

/** `dialog` is to be drawn where it outlives the palette's list. */
export function useDeeds(onShortcuts: () => void): { perform: (deed: Deed) => void; dialog: ReactNode } {
  const { t } = useTranslation();
  const client = useClient();
  const stores = useStores();
  const { run } = useCall();
  const { perform: performOn } = useAnyClusterActions();
  const [asked, setAsked] = useState<Asked>();

  async function switchTo(context: string): Promise<void> {
    await client.kubeconfig.change({ kind: 'use', context });
    notify({ kind: 'good', message: t('palette.switched', { name: context }) });
  }

  function perform(deed: Deed): void {
    if (deed.do === 'go') navigate(deed.route);
    else if (deed.do === 'shortcuts') onShortcuts();
    else if (deed.do === 'object') setAsked(deed);
    else if (deed.do === 'cluster') {
      if (deed.action === 'delete') setAsked({ do: 'delete', name: deed.name });
      else performOn(deed.name, deed.action);
    } else {
      if (deed.do === 'ask-doctor') navigate({ screen: 'doctor' });
      void run(() => call(deed));
    }
  }

  function call(deed: Called): Promise<unknown> {
    switch (deed.do) {
      case 'switch':
        return switchTo(deed.context);
      case 'load':
        return client.images.load({ name: deed.cluster, images: [deed.image] });
      case 'loop':
        return client.loops[deed.verb]({ id: deed.id });
      case 'set':
        return stores.changeSettings(deed.change);
      case 'cancel':
        return client.operations.cancel({ id: deed.operation });
      case 'reconnect':
        return client.diagnostics.reconnect();
      case 'ask-doctor':
        return stores.loadChecks();
    }
  }

  const close = () => setAsked(undefined);
  if (!asked) return { perform, dialog: null };
  if (asked.do === 'delete') return { perform, dialog: <Deletion name={asked.name} onClose={close} /> };
  return { perform, dialog: <ActionDialog {...asked} onClose={close} /> };
}

function Deletion({ name, onClose }: { name: string; onClose: () => void }) {
  const cluster = useCluster(name);
  return cluster && <DeleteDialog cluster={cluster} opened onClose={onClose} />;
}
