// Copying a template under a free id, and removing one of the user's own with a way back instead of a question.
import { useTranslation } from 'react-i18next';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { navigate } from '../../app/route';
import { notify } from '../../parts/notify';
import { freeName } from '../../parts/template-words';
import { useCall } from '../../parts/use-call';
import { useClient, useTemplates } from '../../stores/app-context';

export function useTemplateActions({ id }: TemplateEntry) {
  const { t } = useTranslation();
  const client = useClient();
  const { entries } = useTemplates();
  const { running, run } = useCall();

  async function duplicate(): Promise<void> {
    const as = freeName(id, new Set(entries.map((entry) => entry.id)));
    if (!(await run(() => client.templates.duplicate({ id, as })))) return;
    navigate({ screen: 'templates', id: as });
    notify({ kind: 'good', message: t('templates.duplicated', { id: as }) });
  }

  async function remove(): Promise<void> {
    let yaml = '';
    const done = await run(async () => {
      ({ yaml } = await client.templates.delete({ id }));
    });
    if (!done) return;
    navigate({ screen: 'templates' });
    notify({
      kind: 'off',
      message: t('templates.deleted', { id }),
      action: { label: t('templates.undo'), run: () => void restore(yaml) },
    });
  }

  async function restore(yaml: string): Promise<void> {
    if (await run(() => client.templates.save({ yaml }))) navigate({ screen: 'templates', id });
  }

  return { duplicate, remove, running };
}
