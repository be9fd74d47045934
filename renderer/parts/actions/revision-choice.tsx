// Which revision a workload goes back to: its images, its cause, and what would change in the pod template.
import { Radio, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ObjectRef, Revision } from '../../../shared/model/actions';
import { DiffView } from '../diff-view';
import { ErrorNotice } from '../error-notice';
import { LoadingRows } from '../loading-rows';
import { useAsked } from '../use-asked';
import { useFormat } from '../words';

interface RevisionChoiceProps {
  context: string;
  object: ObjectRef;
  chosen: number | undefined;
  onChoose: (revision: number) => void;
}

export function RevisionChoice({ context, object, chosen, onChoose }: RevisionChoiceProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { answer, error } = useAsked({ context, object }, (client, input, signal) =>
    client.actions.revisions(input, { signal }),
  );
  if (error) return <ErrorNotice error={error} />;
  if (!answer) return <LoadingRows rows={2} height={40} />;
  if (answer.length < 2) return <Text size="sm">{t('actions.noRevisions')}</Text>;
  const picked = answer.find(({ revision }) => revision === chosen);
  const about = ({ createdAt, cause, current }: Revision) =>
    [
      ...(current ? [t('actions.current')] : []),
      ...(createdAt ? [format.date(createdAt)] : []),
      ...(cause ? [cause] : []),
    ].join(' · ');
  return (
    <>
      <Radio.Group
        label={t('actions.revision')}
        value={chosen === undefined ? null : String(chosen)}
        onChange={(value) => onChoose(Number(value))}
      >
        <Stack gap={6} mt={4}>
          {answer.map((one) => (
            <Radio
              key={one.revision}
              value={String(one.revision)}
              disabled={one.current}
              label={`${one.revision}: ${one.images.join(', ')}`}
              description={about(one)}
            />
          ))}
        </Stack>
      </Radio.Group>
      {picked && !picked.current && <DiffView files={[{ file: t('actions.template'), hunks: picked.change }]} />}
    </>
  );
}
