// Who else has set the fields that a change sets otherwise, and whether to take them over.
import { Checkbox, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FieldConflict } from '../../../shared/model/manifests';
import classes from './manifests.module.css';

export function Conflicts({ conflicts }: { conflicts: readonly FieldConflict[] }) {
  const { t } = useTranslation();
  return conflicts.map(({ manager, fields }) => (
    <Text key={manager} size="sm" className={classes.quiet}>
      {t('manifests.conflict', { manager, fields: fields.join(', ') })}
    </Text>
  ));
}

export function TakeOver({ force, onForce }: { force: boolean; onForce: (force: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Checkbox label={t('manifests.force')} checked={force} onChange={(event) => onForce(event.currentTarget.checked)} />
  );
}
