// Asks the core what a text or an address is as a template; a question is withdrawn when the sheet goes away.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Client } from '../../../../shared/contract';
import type { ErrorData } from '../../../../shared/model/errors';
import { errorDataOf } from '../../../app/error-data';
import { useClient } from '../../../stores/app-context';
import type { ImportSource } from './import-request';

export type ImportedText = Awaited<ReturnType<Client['templates']['import']>>;
export type Asked = Exclude<ImportSource, Record<string, never>>;

interface State {
  imported?: ImportedText;
  error?: ErrorData;
  asking: boolean;
}

/** A text or file that was chosen already is looked at at once; an address never without `ask`. */
export function useImport(source: ImportSource) {
  const client = useClient();
  const [state, setState] = useState<State>({ asking: false });
  const withdraw = useRef(new AbortController());

  const ask = useCallback(
    async (asked: Asked) => {
      withdraw.current.abort();
      const current = new AbortController();
      withdraw.current = current;
      setState({ asking: true });
      try {
        const imported = await client.templates.import(asked, { signal: current.signal });
        if (!current.signal.aborted) setState({ imported, asking: false });
      } catch (error) {
        if (!current.signal.aborted) setState({ error: errorDataOf(error), asking: false });
      }
    },
    [client],
  );

  useEffect(() => {
    if ('text' in source) void ask({ text: source.text, from: source.from });
    if ('file' in source) void ask({ file: source.file });
    return () => withdraw.current.abort();
  }, [ask, source]);

  return { ...state, ask: (asked: Asked) => void ask(asked), startOver: () => setState({ asking: false }) };
}
