// Explains to a browser without a session how to get one.
import { Button, Text, Title } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Command } from '../parts/copy';
import { useBoathouse } from '../stores/app-context';
import classes from './frame.module.css';

export function Refused() {
  const { t } = useTranslation();
  const { connection } = useBoathouse();
  return (
    <main className={classes.refused}>
      <IconLock aria-hidden size={32} stroke={1.5} />
      <Title order={1}>{t('refused.title')}</Title>
      <Text>{t('refused.why')}</Text>
      <Text>{t('refused.what')}</Text>
      <Command text="boathouse serve --open" />
      <Button variant="default" onClick={() => connection.retry()}>
        {t('action.tryAgain')}
      </Button>
    </main>
  );
}
