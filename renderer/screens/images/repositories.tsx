// What is in a registry: its repositories, filtered as one types, each of which opens to its tags.
import { Accordion, Button, TextInput, Title } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalRegistry } from '../../../shared/model/registry';
import { Command } from '../../parts/copy';
import { ErrorNotice } from '../../parts/error-notice';
import { LoadingRows } from '../../parts/loading-rows';
import { useActiveOperation, useClient } from '../../stores/app-context';
import classes from './images.module.css';
import { Tags } from './tags';
import { usePages } from './use-pages';

export function Repositories({ registry }: { registry: LocalRegistry }) {
  const { t } = useTranslation();
  const client = useClient();
  const { name } = registry;
  const [wanted, setWanted] = useState('');
  const busy = useActiveOperation(name) !== undefined;
  const key = `${name} ${registry.containerId} ${busy}`;
  const pages = usePages(key, (after, signal) => client.registry.repositories({ name, ...after }, { signal }));
  const shown = pages.items?.filter((repository) => repository.name.includes(wanted.trim().toLowerCase()));
  return (
    <section>
      <Title order={2} className={classes.heading}>
        {t('registry.contents')}
      </Title>
      {pages.error && !busy && (
        <ErrorNotice
          error={pages.error}
          actions={
            <Button size="xs" variant="default" onClick={pages.reload}>
              {t('registry.again')}
            </Button>
          }
        />
      )}
      {!shown && !pages.error && <LoadingRows rows={3} height={44} />}
      {pages.items?.length === 0 && <Empty registry={registry} />}
      {shown && pages.items && pages.items.length > 0 && (
        <>
          <TextInput
            mb="sm"
            maw={360}
            leftSection={<IconSearch aria-hidden size={16} />}
            aria-label={t('registry.filter')}
            placeholder={t('registry.filter')}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
          />
          <Accordion variant="contained" order={3}>
            {shown.map((repository) => (
              <Accordion.Item key={repository.name} value={repository.name}>
                <Accordion.Control>
                  <span className="mono">{repository.name}</span>{' '}
                  <span className={classes.count}>{t('registry.tags', { count: repository.tags })}</span>
                </Accordion.Control>
                <Accordion.Panel>
                  <Tags registry={registry} repository={repository.name} onGone={pages.reload} />
                </Accordion.Panel>
              </Accordion.Item>
            ))}
          </Accordion>
        </>
      )}
      {pages.more && (
        <Button mt="sm" variant="default" onClick={pages.more}>
          {t('registry.more')}
        </Button>
      )}
    </section>
  );
}

function Empty({ registry: { address } }: { registry: LocalRegistry }) {
  const { t } = useTranslation();
  return (
    <div className={classes.card}>
      <p className={classes.lead}>{t('registry.empty')}</p>
      <Command text={`docker tag web:dev ${address}/web:dev`} />
      <Command text={`docker push ${address}/web:dev`} />
    </div>
  );
}
