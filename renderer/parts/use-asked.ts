// The core's answer to what stands in a form, asked anew a moment after it last changed; the question before is withdrawn.
import { useEffect, useRef, useState } from 'react';
import type { Client } from '../../shared/contract';
import type { ErrorData } from '../../shared/model/errors';
import { pause } from '../app/backoff';
import { errorDataOf } from '../app/error-data';
import { useClient, useConnectionPhase } from '../stores/app-context';

interface AnswerState<Answer> {
  /** The last answer there was; it stays visible while the next is asked for. */
  answer?: Answer;
  error?: ErrorData;
  asking: boolean;
}

export interface Asked<Answer> extends AnswerState<Answer> {
  /** Asks anew for the same input: something around it has changed. */
  again: () => Promise<void>;
}

/** Milliseconds after the last change of what is typed before the core is asked. */
const typing = 250;

/**
 * The answer to `input` (plain data), or the last one while there is no input to ask about.
 * @param settle milliseconds; 0 for what nobody types
 */
export function useAsked<Input, Answer>(
  input: Input | undefined,
  ask: (client: Client, input: Input, signal: AbortSignal) => Promise<Answer>,
  settle = typing,
): Asked<Answer> {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const [state, setState] = useState<AnswerState<Answer>>({ asking: false });
  const [asked, setAsked] = useState(0);
  const question = useRef(ask);
  question.current = ask;
  const key = input && JSON.stringify(input);

  // biome-ignore lint/correctness/useExhaustiveDependencies: being asked again is a reason to ask
  useEffect(() => {
    if (key === undefined || !open) return;
    const withdraw = new AbortController();
    async function find(wanted: Input): Promise<void> {
      if (settle > 0) await pause(settle, withdraw.signal);
      if (withdraw.signal.aborted) return;
      setState((before) => ({ ...before, asking: true }));
      try {
        const answer = await question.current(client, wanted, withdraw.signal);
        if (!withdraw.signal.aborted) setState({ answer, asking: false });
      } catch (error) {
        if (!withdraw.signal.aborted) setState({ error: errorDataOf(error), asking: false });
      }
    }
    void find(JSON.parse(key));
    return () => withdraw.abort();
  }, [client, key, open, asked, settle]);

  return { ...state, again: async () => setAsked((count) => count + 1) };
}
