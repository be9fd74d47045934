// Something to know where it matters: an icon, a title, words and what can be done. Errors have a notice of their own.
import { Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './notice.module.css';

export function Notice({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.notice} aria-label={title}>
      <IconAlertTriangle aria-hidden className={classes.icon} size={20} />
      <div className={classes.body}>
        <Text fw={600}>{title}</Text>
        {children}
      </div>
    </section>
  );
}
