// What can be done to the rows that are picked.
import { Button, Text } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './inside.module.css';

interface PickedBarProps {
  count: number;
  onDelete: () => void;
  onClear: () => void;
}

export function PickedBar({ count, onDelete, onClear }: PickedBarProps) {
  const { t } = useTranslation();
  return (
    <div className={classes.picked}>
      <Text size="sm" role="status">
        {count > 0 && t('inside.picked', { count })}
      </Text>
      {count > 0 && (
        <>
          <Button size="xs" variant="subtle" color="gray" onClick={onClear}>
            {t('inside.unpick')}
          </Button>
          <Button
            size="xs"
            color="red"
            variant="light"
            leftSection={<IconTrash aria-hidden size={15} />}
            onClick={onDelete}
          >
            {t('inside.deletePicked')}
          </Button>
        </>
      )}
    </div>
  );
}
