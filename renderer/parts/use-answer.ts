// The core's answer about one subject, asked when it is shown and after each operation on it.
import { useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/contract';
import type { ErrorData } from '../../shared/model/errors';
import { errorDataOf } from '../app/error-data';
import { useClient, useConnectionPhase } from '../stores/app-context';

export interface Answer<Value> {
  value?: Value;
  error?: ErrorData;
}

/**
 * The last answer stays while another one is awaited.
 * @param subject nothing is asked while there is none
 * @param operationId the running operation on it: its begin and its end are reasons to ask again
 */
export function useAnswer<Value>(
  subject: string | undefined,
  operationId: string | undefined,
  ask: (client: Client, subject: string, signal: AbortSignal) => Promise<Value>,
): Answer<Value> {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const [answer, setAnswer] = useState<Answer<Value> & { of?: string }>({});
  const question = useRef(ask);
  question.current = ask;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end of an operation is the reason to ask again
  useEffect(() => {
    if (!open || subject === undefined) return;
    const withdraw = new AbortController();
    question.current(client, subject, withdraw.signal).then(
      (value) => {
        if (!withdraw.signal.aborted) setAnswer({ of: subject, value });
      },
      (error) => {
        if (!withdraw.signal.aborted) setAnswer({ of: subject, error: errorDataOf(error) });
      },
    );
    return () => withdraw.abort();
  }, [client, subject, operationId, open]);

  return answer.of === subject ? answer : {};
}
