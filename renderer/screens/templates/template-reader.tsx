// A template in full: what it makes and what for, its text, and the ways to hand it on.
import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../shared/model/template';
import { Pasteable } from '../../parts/copy';
import type { UsableTemplate } from '../../stores/app-context';
import { AboutTemplate } from './about-template';
import { ReaderActions } from './reader-actions';
import { Share } from './share';
import classes from './templates.module.css';

export function TemplateReader({ entry }: { entry: UsableTemplate }) {
  const { t, i18n } = useTranslation();
  const { metadata } = entry.template;
  return (
    <article className={classes.reader} aria-labelledby="template-title">
      <div className={classes.head}>
        <div>
          <h2 id="template-title" className={classes.title}>
            {wordsIn(metadata.title, i18n.language)}
          </h2>
          <p className={classes.quiet}>{wordsIn(metadata.description, i18n.language)}</p>
        </div>
        <ReaderActions entry={entry} />
      </div>
      <Tabs defaultValue="about" keepMounted={false}>
        <Tabs.List>
          <Tabs.Tab value="about">{t('templates.about')}</Tabs.Tab>
          <Tabs.Tab value="yaml">YAML</Tabs.Tab>
          <Tabs.Tab value="share">{t('templates.share')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="about" pt="md">
          <AboutTemplate entry={entry} />
        </Tabs.Panel>
        <Tabs.Panel value="yaml" pt="md">
          <Pasteable text={entry.yaml} label={t('templates.yaml')} height="calc(100vh - 380px)" />
        </Tabs.Panel>
        <Tabs.Panel value="share" pt="md">
          <Share entry={entry} />
        </Tabs.Panel>
      </Tabs>
    </article>
  );
}
