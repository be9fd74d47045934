// Where to go next with a cluster that has just been made: the page that came with it, a look inside, one's own work on it.
import { Anchor, Button, CloseButton } from '@mantine/core';
import { IconExternalLink } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Cluster } from '../../../../shared/model/cluster';
import type { Operation } from '../../../../shared/model/operation';
import { hrefOf, type Route } from '../../../app/route';
import { Command } from '../../../parts/copy';
import { useCall } from '../../../parts/use-call';
import { useClient, useTemplates } from '../../../stores/app-context';
import classes from './overview.module.css';

/** The creation whose next steps were put away. */
const closedKey = 'boathouse-next-closed';

export function NextSteps({ cluster, latest }: { cluster: Cluster; latest: Operation | undefined }) {
  const { t } = useTranslation();
  const [closed, setClosed] = useState(() => window.localStorage.getItem(closedKey));
  const sample = useSample(cluster);
  if (latest?.kind !== 'create' || latest.state !== 'done' || closed === latest.id) return null;
  const close = () => {
    window.localStorage.setItem(closedKey, latest.id);
    setClosed(latest.id);
  };
  const { name, context } = cluster;
  return (
    <section className={classes.next} aria-labelledby="next">
      <div className={classes.nextHead}>
        <h2 id="next">{t('next.title')}</h2>
        <CloseButton size="sm" aria-label={t('next.close')} onClick={close} />
      </div>
      <ul className={classes.steps}>
        {sample && <SampleStep context={context} sample={sample} />}
        <Step what={t('next.inside')} why={t('next.insideWhy')} to={{ screen: 'cluster', name, tab: 'inside' }} />
        <Step what={t('next.dev')} why={t('next.devWhy')} to={{ screen: 'dev' }} />
        <Step what={t('next.images')} why={t('next.imagesWhy')} to={{ screen: 'cluster', name, tab: 'images' }} />
        <Step what={t('next.help')} why={t('next.helpWhy')} to={{ screen: 'help', page: 'first-cluster' }} />
        <li>
          <span>{t('next.terminal')}</span>
          <Command text={`kubectl --context ${context} get pods --all-namespaces`} />
        </li>
      </ul>
    </section>
  );
}

function Step({ what, why, to, children }: { what: string; why: string; to?: Route; children?: ReactNode }) {
  return (
    <li>
      {to ? <Anchor href={hrefOf(to)}>{what}</Anchor> : <span>{what}</span>}
      <p>{why}</p>
      {children}
    </li>
  );
}

/** Our samples are a Service of their own name in a namespace of that name. */
function SampleStep({ context, sample }: { context: string; sample: string }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const [port, setPort] = useState<number>();
  const target = { kind: 'service', namespace: sample, name: sample } as const;
  const open = () =>
    run(async () => {
      const { localPort } = await client.forwards.open({ context, target, port: 80, keep: false });
      setPort(localPort);
    });
  return (
    <Step what={t('next.sample')} why={t('next.sampleWhy')}>
      {port === undefined ? (
        <Button size="xs" loading={running} onClick={() => void open()}>
          {t('next.sampleOpen')}
        </Button>
      ) : (
        <Anchor href={`http://127.0.0.1:${port}/`} target="_blank" rel="noreferrer" className="mono">
          127.0.0.1:{port} <IconExternalLink aria-label={t('forwards.openIn')} size={13} />
        </Anchor>
      )}
    </Step>
  );
}

/** What the template has put into the cluster, by name. */
function useSample({ template }: Cluster): string | undefined {
  const { usable } = useTemplates();
  const manifest = usable.find((entry) => entry.template.metadata.id === template)?.template.spec.sample?.manifest;
  return manifest?.replace(/\.yaml$/, '');
}
