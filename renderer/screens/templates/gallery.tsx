// The gallery: those that come with the product, then the user's own; found by a word of their title, description or id.
import { TextInput } from '@mantine/core';
import { IconAlertTriangle, IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { hrefOf } from '../../app/route';
import { TemplateCard } from '../../parts/template-card';
import cards from '../../parts/template-card.module.css';
import { matches } from '../../parts/template-words';
import { isUsable } from '../../stores/app-context';
import classes from './templates.module.css';

export function Gallery({ entries, chosen }: { entries: readonly TemplateEntry[]; chosen: string | undefined }) {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useState('');
  const found = entries.filter((entry) => matches(entry, search, i18n.language));
  const builtIn = found.filter(({ origin }) => origin === 'built-in');
  const own = found.filter(({ origin }) => origin === 'file');
  return (
    <nav className={classes.gallery} aria-label={t('nav.templates')}>
      <TextInput
        type="search"
        aria-label={t('template.search')}
        placeholder={t('template.search')}
        leftSection={<IconSearch aria-hidden size={16} />}
        value={search}
        onChange={(event) => setSearch(event.currentTarget.value)}
      />
      {found.length === 0 && <p className={classes.quiet}>{t('template.noMatch')}</p>}
      {(own.length > 0 || search === '') && (
        <Shelf title={t('templates.mine')}>
          {own.length === 0 && <p className={classes.quiet}>{t('templates.noneOfMine')}</p>}
          <Cards entries={own} chosen={chosen} />
        </Shelf>
      )}
      {builtIn.length > 0 && (
        <Shelf title={t('templates.builtIn')}>
          <Cards entries={builtIn} chosen={chosen} />
        </Shelf>
      )}
    </nav>
  );
}

function Shelf({ title, children }: { title: string; children: React.ReactNode }) {
  const id = useId();
  return (
    <section className={classes.shelf} aria-labelledby={id}>
      <h2 id={id} className={classes.heading}>
        {title}
      </h2>
      {children}
    </section>
  );
}

function Cards({ entries, chosen }: { entries: readonly TemplateEntry[]; chosen: string | undefined }) {
  return entries.map((entry) => {
    const href = hrefOf({ screen: 'templates', id: entry.id });
    return isUsable(entry) ? (
      <TemplateCard key={entry.id} summary={entry} href={href} chosen={entry.id === chosen} />
    ) : (
      <BrokenCard key={entry.id} entry={entry} href={href} chosen={entry.id === chosen} />
    );
  });
}

function BrokenCard({ entry, href, chosen }: { entry: TemplateEntry; href: string; chosen: boolean }) {
  const { t } = useTranslation();
  return (
    <a className={cards.card} href={href} aria-current={chosen || undefined}>
      <span className={cards.title}>{entry.id}</span>
      <span className={classes.broken}>
        <IconAlertTriangle aria-hidden size={16} />
        {t('templates.hasMistakes', { count: entry.problems.length })}
      </span>
    </a>
  );
}
