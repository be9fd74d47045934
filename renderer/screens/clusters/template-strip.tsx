// The short way to another cluster: the first templates by name, and the way to all.
import { Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../shared/model/template';
import { hrefOf } from '../../app/route';
import { featured } from '../../parts/template-words';
import { useTemplates } from '../../stores/app-context';
import classes from './clusters.module.css';

export function TemplateStrip() {
  const { t, i18n } = useTranslation();
  const { usable: templates } = useTemplates();
  if (templates.length === 0) return null;
  return (
    <div className={classes.strip}>
      <span>{t('clusters.from')}</span>
      {featured(templates, ['single', 'three-node', 'highly-available']).map(({ template: { metadata } }) => (
        <Anchor key={metadata.id} size="sm" href={hrefOf({ screen: 'new-cluster', template: metadata.id })}>
          {wordsIn(metadata.title, i18n.language)}
        </Anchor>
      ))}
      <Anchor size="sm" href={hrefOf({ screen: 'templates' })}>
        {t('clusters.allTemplates')}
      </Anchor>
    </div>
  );
}
