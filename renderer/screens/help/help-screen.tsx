// Help: short pages, one task each, the same as in the folder docs/.
import { NavLink } from '@mantine/core';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HelpPage, helpPages, hrefOf } from '../../app/route';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import classes from './help.module.css';

const Markdown = lazy(() => import('../../parts/markdown/markdown'));

const texts = import.meta.glob<string>('../../../docs/{*,zh-CN/*}.md', { query: '?raw', import: 'default' });

export function HelpScreen({ page }: { page: HelpPage }) {
  const { t } = useTranslation();
  const text = useText(page);
  return (
    <Page title={t('help.title')} lead={t('help.lead')}>
      <div className={classes.columns}>
        <nav className={classes.pages} aria-label={t('help.pages')}>
          {helpPages.map((one) => (
            <NavLink
              key={one}
              className={classes.link ?? ''}
              href={hrefOf({ screen: 'help', page: one })}
              label={t(`help.page.${one}`)}
              active={one === page}
              aria-current={one === page ? 'page' : undefined}
            />
          ))}
        </nav>
        <article className={classes.text} aria-labelledby="help-page">
          <h2 id="help-page">{t(`help.page.${page}`)}</h2>
          <Suspense fallback={<LoadingRows />}>
            {text === undefined ? <LoadingRows /> : <Markdown key={page} text={text} inApp={inApp} commands />}
          </Suspense>
        </article>
      </div>
    </Page>
  );
}

/** The page in the user's language, or else in English; without its first heading, which stands above it. */
function useText(page: HelpPage): string | undefined {
  const { i18n } = useTranslation();
  const [shown, setShown] = useState<{ of: string; text: string }>();
  const file = [`../../../docs/${i18n.language}/${page}.md`, `../../../docs/${page}.md`].find((path) => path in texts);
  useEffect(() => {
    let gone = false;
    void texts[file ?? '']?.().then((text) => {
      if (!gone && file) setShown({ of: file, text: text.replace(/^# .*\n/, '') });
    });
    return () => {
      gone = true;
    };
  }, [file]);
  return shown?.of === file ? shown?.text : undefined;
}

/** A link from page to page. */
function inApp(address: string): string | undefined {
  const page = helpPages.find((one) => `${one}.md` === address);
  return page && hrefOf({ screen: 'help', page });
}
