// Tells how operations go to those who do not see it: quarters of the way for screen readers, ends as notifications for everyone.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hasEnded, type Operation, progressOf } from '../../shared/model/operation';
import { errorWords } from '../parts/error-words';
import { notify } from '../parts/notify';
import { notifyAway } from '../parts/notify-away';
import { useOperationTitle } from '../parts/operation/title';
import { useFormat } from '../parts/words';
import { useOperations, useStores } from '../stores/app-context';
import classes from './frame.module.css';

/** How far an operation is, in quarters; what is said only changes with it. */
function quarterOf(operation: Operation): number {
  return Math.floor(progressOf(operation.steps) * 4) / 4;
}

export function Announcer() {
  const operations = useOperations();
  const sentence = useProgressSentence();
  const end = useEndNotification();
  const known = useRef(new Map<string, string>());
  const [said, say] = useState('');

  useEffect(() => {
    for (const operation of operations) {
      const before = known.current.get(operation.id);
      const ended = hasEnded(operation.state);
      const mark = ended ? operation.state : `${operation.state} ${quarterOf(operation)}`;
      known.current.set(operation.id, mark);
      if (before === mark) continue;
      if (!ended) say(sentence(operation));
      else if (before !== undefined) end(operation);
    }
  }, [operations, sentence, end]);

  return (
    <div role="status" aria-live="polite" className={classes.hidden}>
      {said}
    </div>
  );
}

function useProgressSentence(): (operation: Operation) => string {
  const format = useFormat();
  const title = useOperationTitle();
  return (operation) => `${title(operation)}, ${format.percent(quarterOf(operation))}`;
}

function useEndNotification(): (operation: Operation) => void {
  const { t, i18n } = useTranslation();
  const title = useOperationTitle();
  const stores = useStores();
  return (operation) => {
    const { error, subject, state } = operation;
    const message =
      error && state === 'failed'
        ? `${title(operation)}${t('colon')}${errorWords(i18n, error).title}`
        : title(operation);
    notify({ kind: state === 'done' ? 'good' : state === 'failed' ? 'bad' : 'off', title: subject, message });
    const inBrowser = stores.about.getState().value?.shell === 'browser';
    if (inBrowser && stores.settings.getState().notifications) notifyAway(subject, message);
  };
}
