// Logs that have the whole screen.
import type { ComponentProps } from 'react';
import { LogPane } from './log-pane';
import classes from './logs.module.css';

export function WholePane(props: ComponentProps<typeof LogPane>) {
  return (
    <div className={classes.whole}>
      <LogPane {...props} />
    </div>
  );
}
