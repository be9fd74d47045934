// Does something to an object from a button: says that it was done, offers the way back where there is one.
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActionVerb, ObjectAction, ObjectRef } from '../../../shared/model/actions';
import { errorDataOf } from '../../app/error-data';
import { useClient } from '../../stores/app-context';
import { errorWords } from '../error-words';
import { notify } from '../notify';

const opposites: Partial<Record<ActionVerb, ObjectAction>> = {
  cordon: { verb: 'uncordon' },
  uncordon: { verb: 'cordon' },
  suspend: { verb: 'resume' },
  resume: { verb: 'suspend' },
};

/** `done`; `unconfirmed`: the cluster is elsewhere, and its name has to be said; `failed`: which was shown. */
export type Outcome = 'done' | 'unconfirmed' | 'failed';

export function useAct(context: string, object: ObjectRef) {
  const { t, i18n } = useTranslation();
  const client = useClient();
  const [running, setRunning] = useState(false);
  const act = useCallback(
    async (action: ObjectAction, confirmed?: string): Promise<Outcome> => {
      setRunning(true);
      try {
        const { made = '' } = await client.actions.act({ context, object, action, ...(confirmed && { confirmed }) });
        const back = opposites[action.verb];
        notify({
          kind: 'good',
          message: t(`actions.done.${action.verb}`, { name: object.name, made }),
          ...(back && { action: { label: t('actions.undo'), run: () => void act(back, confirmed) } }),
        });
        return 'done';
      } catch (error) {
        const data = errorDataOf(error);
        if (data.code === 'not-confirmed') return 'unconfirmed';
        const { title, text } = errorWords(i18n, data);
        notify({ kind: 'bad', title, message: text });
        return 'failed';
      } finally {
        setRunning(false);
      }
    },
    [client, context, object, t, i18n],
  );
  return { running, act };
}
