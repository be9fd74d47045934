// Runs a call from a button: tells that it is under way, and says why when it fails.
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorDataOf } from '../app/error-data';
import { errorWords } from './error-words';
import { notify } from './notify';

/** `run` resolves with whether the call succeeded. Its failure is shown as a notification. */
export function useCall(): { running: boolean; run: (call: () => Promise<unknown>) => Promise<boolean> } {
  const { i18n } = useTranslation();
  const [running, setRunning] = useState(false);
  const run = useCallback(
    async (call: () => Promise<unknown>) => {
      setRunning(true);
      try {
        await call();
        return true;
      } catch (error) {
        const { title, text } = errorWords(i18n, errorDataOf(error));
        notify({ kind: 'bad', title, message: text });
        return false;
      } finally {
        setRunning(false);
      }
    },
    [i18n],
  );
  return { running, run };
}
