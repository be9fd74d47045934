// Keeps a text as a template of the user's, under an id that is free.
import type { Client } from '../../shared/contract';
import { useClient, useTemplates } from '../stores/app-context';
import { freeName } from './template-words';
import { useCall } from './use-call';
import { textWith } from './yaml-edit';

export function useKeepTemplate(): {
  keeping: boolean;
  /** Resolves with what was kept; with nothing when it failed, which is told. */
  keep: (id: string, yaml: string) => Promise<Awaited<ReturnType<Client['templates']['save']>> | undefined>;
} {
  const client = useClient();
  const { entries } = useTemplates();
  const { running, run } = useCall();
  async function keep(id: string, yaml: string) {
    const as = freeName(id, new Set(entries.map((entry) => entry.id)));
    let saved: Awaited<ReturnType<Client['templates']['save']>> | undefined;
    await run(async () => {
      saved = await client.templates.save({ yaml: textWith(yaml, ['metadata', 'id'], as) });
    });
    return saved;
  }
  return { keeping: running, keep };
}
