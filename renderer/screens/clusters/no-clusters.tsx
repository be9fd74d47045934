// What a newcomer sees: what Boathouse is, what it found on this computer, and three ways to begin.
import { Button, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { hrefOf } from '../../app/route';
import { Logo } from '../../parts/logo';
import { Page } from '../../parts/page';
import { TemplateCard } from '../../parts/template-card';
import { featured } from '../../parts/template-words';
import { useFormat } from '../../parts/words';
import { useEngine, useTemplates } from '../../stores/app-context';
import classes from './clusters.module.css';

export function NoClusters() {
  const { t } = useTranslation();
  const { usable: templates } = useTemplates();
  // The first has something running in it: there is something to look at.
  const three = featured(templates, ['quickstart', 'single', 'three-node']);
  const first = three[0]?.template.metadata.id;
  return (
    <Page title={t('clusters.title')}>
      <div className={classes.welcome}>
        <Logo size={52} />
        <Text fz="xl" fw={600} className={classes.sentence}>
          {t('empty.sentence')}
        </Text>
        <Found />
        <Button
          component="a"
          size="md"
          href={hrefOf({ screen: 'new-cluster', ...(first !== undefined && { template: first }) })}
          leftSection={<IconPlus aria-hidden size={18} />}
        >
          {t('empty.create')}
        </Button>
      </div>
      {templates.length > 0 && (
        <section className={classes.begin} aria-label={t('empty.templates')}>
          <Text c="dimmed">{t('empty.templates')}</Text>
          <div className={classes.cards}>
            {three.map((summary) => (
              <TemplateCard
                key={summary.template.metadata.id}
                summary={summary}
                href={hrefOf({ screen: 'new-cluster', template: summary.template.metadata.id })}
              />
            ))}
          </div>
        </section>
      )}
    </Page>
  );
}

/** What is here to build on: the engine, processors, memory. */
function Found() {
  const { t } = useTranslation();
  const format = useFormat();
  const engine = useEngine();
  if (engine.state !== 'connected') return null;
  const { version, operatingSystem, cpus, memory } = engine.info;
  return (
    <Text c="dimmed">{t('empty.found', { version, operatingSystem, count: cpus, memory: format.memory(memory) })}</Text>
  );
}
