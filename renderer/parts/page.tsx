// The frame of a screen: its heading, its actions, the document's title, and the focus after a change of screen.
import { Title } from '@mantine/core';
import { type PropsWithChildren, type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadingRows } from './loading-rows';
import classes from './page.module.css';

interface PageProps {
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  /** Beside the title, such as a state. */
  beside?: ReactNode;
  actions?: ReactNode;
  /** Uses the whole width instead of a readable column. */
  wide?: boolean;
}

export function Page({ title, lead, beside, actions, wide = false, children }: PropsWithChildren<PageProps>) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = t('app.title', { screen: title });
  }, [t, title]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes.page} data-wide={wide || undefined}>
      <div className={classes.head}>
        <div className={classes.words}>
          <div className={classes.title}>
            <Title order={1} ref={heading} tabIndex={-1}>
              {title}
            </Title>
            {beside}
          </div>
          {lead && <div className={classes.lead}>{lead}</div>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** What stands in the place of a screen whose code is on its way: where its own heading and rows will be. */
export function PageToCome() {
  return (
    <div className={classes.page}>
      <div className={classes.head} />
      <LoadingRows />
    </div>
  );
}
