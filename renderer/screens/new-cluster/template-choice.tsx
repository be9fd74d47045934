// Left: the templates to choose from, with a search once there are many.
import { TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../app/route';
import { TemplateCard } from '../../parts/template-card';
import { matches } from '../../parts/template-words';
import type { UsableTemplate } from '../../stores/app-context';
import classes from './new-cluster.module.css';

/** With fewer templates than this a search is only in the way. */
const searchFrom = 6;

export function TemplateChoice({ templates, chosen }: { templates: readonly UsableTemplate[]; chosen: string }) {
  const { t, i18n } = useTranslation();
  const [search, setSearch] = useState('');
  const found = templates.filter((entry) => matches(entry, search, i18n.language));
  return (
    <section className={classes.column} aria-label={t('newCluster.template')}>
      <h2 className={classes.heading}>{t('newCluster.template')}</h2>
      {templates.length >= searchFrom && (
        <TextInput
          type="search"
          aria-label={t('template.search')}
          placeholder={t('template.search')}
          leftSection={<IconSearch aria-hidden size={16} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {found.map((summary) => {
        const { id } = summary.template.metadata;
        return (
          <TemplateCard
            key={id}
            summary={summary}
            href={hrefOf({ screen: 'new-cluster', template: id })}
            chosen={id === chosen}
          />
        );
      })}
      {found.length === 0 && <p className={classes.quiet}>{t('template.noMatch')}</p>}
    </section>
  );
}
