// A shell in a container for as long as a component shows it: what it says goes to a screen, what is typed to it, how it ended.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { ErrorData } from '../../../../shared/model/errors';
import type { TerminalSize, WantedExec } from '../../../../shared/model/podexec';
import { errorDataOf } from '../../../app/error-data';
import { useBoathouse } from '../../../stores/app-context';

export type ShellState =
  | { phase: 'opening'; waitingFor?: string }
  | { phase: 'open'; pod: string; container: string }
  | { phase: 'ended'; code: number }
  | { phase: 'failed'; error: ErrorData };

export interface Shell {
  state: ShellState;
  type(text: string): void;
  resize(size: TerminalSize): void;
}

/** @param round another one is another shell */
export function useShell(wanted: WantedExec, round: number, say: (bytes: Uint8Array) => void): Shell {
  const { client } = useBoathouse().connection;
  const [state, setState] = useState<ShellState>({ phase: 'opening' });
  const key = JSON.stringify(wanted);
  const id = useRef<string>(undefined);
  const size = useRef<TerminalSize>(undefined);
  /** What is typed goes one after the other. */
  const typing = useRef(Promise.resolve());
  const saying = useRef(say);
  saying.current = say;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a round is what asks for another shell
  useEffect(() => {
    const stop = new AbortController();
    const run = async () => {
      const request = { ...JSON.parse(key), terminal: size.current ?? JSON.parse(key).terminal };
      for await (const message of await client.podExec.run(request, { signal: stop.signal })) {
        if (stop.signal.aborted) return;
        if (message.type === 'waiting') setState({ phase: 'opening', waitingFor: message.for });
        else if (message.type === 'opened') {
          id.current = message.id;
          setState({ phase: 'open', pod: message.pod, container: message.container });
        } else if (message.type === 'output') saying.current(bytesOf(message.base64));
        else setState({ phase: 'ended', code: message.code });
      }
    };
    setState({ phase: 'opening' });
    run()
      .catch((error: unknown) => {
        if (!stop.signal.aborted) setState({ phase: 'failed', error: errorDataOf(error) });
      })
      .finally(() => {
        id.current = undefined;
      });
    return () => stop.abort();
  }, [client, key, round]);

  const type = useCallback(
    (text: string) => {
      const to = id.current;
      if (to === undefined) return;
      const base64 = base64Of(text);
      typing.current = typing.current.then(() => client.podExec.write({ id: to, base64 })).catch(() => {});
    },
    [client],
  );
  const resize = useCallback(
    (now: TerminalSize) => {
      size.current = now;
      if (id.current !== undefined) void client.podExec.resize({ id: id.current, ...now }).catch(() => {});
    },
    [client],
  );
  return { state, type, resize };
}

function bytesOf(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}

function base64Of(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}
