// What a change would do, asked of the core: its diff, its warnings, or why it cannot be.
import { List, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { KubeconfigPlan } from '../../../shared/model/kubeconfig';
import { DiffView } from '../../parts/diff-view';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { wordsOf } from '../../parts/sentence-words';
import { type Asked, useAsked } from '../../parts/use-asked';
import type { Wish } from './use-change';

/** `basis`: what the answer depends on besides; a change of it asks anew. */
export function usePlan(wish: Wish | undefined, basis?: unknown): Asked<KubeconfigPlan> {
  return useAsked(wish && { wish, basis }, (client, input, signal) => client.kubeconfig.plan(input.wish, { signal }));
}

export function ChangePreview({ asked }: { asked: Asked<KubeconfigPlan> }) {
  const { t, i18n } = useTranslation();
  const { answer, error } = asked;
  if (error) return <ErrorNotice error={error} />;
  if (!answer) return <LoadingRows rows={1} height={96} />;
  return (
    <div>
      {answer.warnings.length > 0 && (
        <List size="sm" mb="xs" role="status">
          {answer.warnings.map(({ code, params, text }) => (
            <List.Item key={text}>{wordsOf(i18n, `said.${code}`, params, text)}</List.Item>
          ))}
        </List>
      )}
      <Text size="sm" c="dimmed" mb={4}>
        {t('kubeconfig.wouldChange')}
      </Text>
      <DiffView files={answer.files} />
    </div>
  );
}
