// What goes with a node that is drained and deleted, and the way past what would keep it.
import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './nodes.module.css';

export function GoesWithNode({ force, onForce }: { force: boolean; onForce: (force: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <>
      <ul className={classes.list}>
        <li>{t('nodes.removePods')}</li>
        <li>{t('nodes.removeData')}</li>
        <li>{t('nodes.removeBudgets')}</li>
      </ul>
      <Checkbox
        label={t('nodes.force')}
        description={t('nodes.forceHint')}
        checked={force}
        onChange={(event) => onForce(event.currentTarget.checked)}
      />
    </>
  );
}
