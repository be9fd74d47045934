// Makes a change of the kubeconfig from a button, and offers to take it back where it is told.
import { useTranslation } from 'react-i18next';
import type { Client } from '../../../shared/contract';
import { notify } from '../../parts/notify';
import { wordsOf } from '../../parts/sentence-words';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';

export type Wish = Parameters<Client['kubeconfig']['change']>[0];

/** `change` resolves with whether it succeeded; a failure is told by itself. */
export function useChange(): { running: boolean; change: (wish: Wish) => Promise<boolean> } {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const change = (wish: Wish): Promise<boolean> =>
    run(async () => {
      const { id, said, files } = await client.kubeconfig.change(wish);
      const message = wordsOf(i18n, `said.${said.code}`, said.params, said.text);
      if (files.length === 0) notify({ kind: 'off', message: t('kubeconfig.nothing') });
      else {
        const undo = () => void change({ kind: 'undo', id });
        notify({ kind: 'good', message, action: { label: t('kubeconfig.undo'), run: undo } });
      }
    });
  return { running, change };
}
