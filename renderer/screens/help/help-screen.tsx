// Help: short pages, one task each, the same as in the folder docs/.
import { NavLink } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HelpPage, helpPages, hrefOf } from '../../app/route';
import { fetchTwice } from '../../parts/fetch-twice';
import { laterInside, NotThere } from '../../parts/later';
import { LoadingRows } from '../../parts/loading-rows';
import { Page } from '../../parts/page';
import classes from './help.module.css';

const Markdown = laterInside(async () => (await import('../../parts/markdown/markdown')).Markdown);

const texts = import.meta.glob<string>('../../../docs/{*,zh-CN/*}.md', { query: '?raw', import: 'default' });

export function HelpScreen({ page }: { page: HelpPage }) {
  const { t } = useTranslation();
  const { text, failed, again } = useText(page);
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
          {failed !== undefined && <NotThere error={failed} onAgain={again} />}
          {failed === undefined && text === undefined && <LoadingRows />}
          {text !== undefined && <Markdown key={page} text={text} inApp={inApp} commands />}
        </article>
      </div>
    </Page>
  );
}

interface Shown {
  text?: string;
  /** Why it could not be fetched. */
  failed?: unknown;
}

/** The page in the user's language, or else in English; without its first heading, which stands above it. */
function useText(page: HelpPage): Shown & { again: () => void } {
  const { i18n } = useTranslation();
  const [tries, setTries] = useState(0);
  const [shown, setShown] = useState<Shown & { of: string }>();
  const file = [`../../../docs/${i18n.language}/${page}.md`, `../../../docs/${page}.md`].find((path) => path in texts);
  const of = `${file} ${tries}`;
  useEffect(() => {
    let gone = false;
    const show = (what: Shown) => {
      if (!gone) setShown({ of, ...what });
    };
    const load = texts[file ?? ''];
    if (load) {
      fetchTwice(load).then(
        (text) => show({ text: text.replace(/^# .*\n/, '') }),
        (failed: unknown) => show({ failed }),
      );
    }
    return () => {
      gone = true;
    };
  }, [file, of]);
  return { ...(shown?.of === of && shown), again: () => setTries(tries + 1) };
}

/** A link from page to page. */
function inApp(address: string): string | undefined {
  const page = helpPages.find((one) => `${one}.md` === address);
  return page && hrefOf({ screen: 'help', page });
}
