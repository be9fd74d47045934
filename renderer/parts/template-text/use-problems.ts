// What is wrong with a text while it is typed: asked a moment after the last change; the question before is withdrawn.
import { useEffect, useState } from 'react';
import type { Client } from '../../../shared/contract';
import { pause } from '../../app/backoff';
import { useClient, useConnectionPhase } from '../../stores/app-context';

/** Milliseconds after the last change before the core is asked. */
const settle = 200;

type Checked = Awaited<ReturnType<Client['templates']['validate']>> & {
  /** The text that it is about. */ text: string;
};

/** The last answer there was; it stays while the next is asked for. */
export function useProblems(text: string | undefined): Checked | undefined {
  const client = useClient();
  const open = useConnectionPhase() === 'open';
  const [checked, setChecked] = useState<Checked>();
  useEffect(() => {
    if (text === undefined || !open) return;
    const withdraw = new AbortController();
    async function ask(yaml: string): Promise<void> {
      await pause(settle, withdraw.signal);
      if (withdraw.signal.aborted) return;
      try {
        const answer = await client.templates.validate({ yaml }, { signal: withdraw.signal });
        if (!withdraw.signal.aborted) setChecked({ ...answer, text: yaml });
      } catch {
        // The channel was lost; it is asked again when it is back.
      }
    }
    void ask(text);
    return () => withdraw.abort();
  }, [client, open, text]);
  return checked;
}
