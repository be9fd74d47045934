// One setting: its name left, its control right; and a heading over those that belong together.
import { type PropsWithChildren, useId } from 'react';
import classes from './settings.module.css';

export function Group({ title, children }: PropsWithChildren<{ title: string }>) {
  const id = useId();
  return (
    <section className={classes.group} aria-labelledby={id}>
      <h2 id={id} className={classes.groupName}>
        {title}
      </h2>
      {children}
    </section>
  );
}

export function Setting({ title, children }: PropsWithChildren<{ title: string }>) {
  return (
    <div className={classes.setting}>
      <h3 className={classes.heading}>{title}</h3>
      <div className={classes.control}>{children}</div>
    </div>
  );
}
