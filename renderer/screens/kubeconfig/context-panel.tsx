// One context closely: where it comes from, what its cluster says, and a change of it, shown before it is made.
import { Button, Checkbox, SegmentedControl, TextInput, Title } from '@mantine/core';
import { IconDownload, IconListSearch, IconPlugConnected } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isLocalOrigin, type KubeContext } from '../../../shared/model/kubeconfig';
import { hrefOf } from '../../app/route';
import { Command } from '../../parts/copy';
import { DashboardButton } from '../../parts/dashboard/dashboard-button';
import { downloadText } from '../../parts/download';
import { useCall } from '../../parts/use-call';
import { useClient } from '../../stores/app-context';
import { ChangePreview, usePlan } from './change-preview';
import { ContextFacts } from './context-facts';
import classes from './kubeconfig.module.css';
import { useChange, type Wish } from './use-change';
import type { Probes } from './use-probes';

const deeds = ['use', 'namespace', 'rename', 'remove'] as const;
type Deed = (typeof deeds)[number];

export function ContextPanel({ context, probes }: { context: KubeContext; probes: Probes }) {
  const { t } = useTranslation();
  const client = useClient();
  const { running, run } = useCall();
  const { name } = context;
  const exported = async () => downloadText(`${name}.yaml`, (await client.kubeconfig.export({ context: name })).yaml);
  return (
    <section className={classes.panel} aria-label={name}>
      <Title order={2} className={classes.heading}>
        <span className="mono">{name}</span>
      </Title>
      <ContextFacts context={context} found={probes.found.get(name)} />
      <div className={classes.buttons}>
        <Button
          size="xs"
          variant="default"
          loading={probes.asking.has(name)}
          leftSection={<IconPlugConnected aria-hidden size={15} />}
          onClick={() => probes.ask([name])}
        >
          {t('kubeconfig.check')}
        </Button>
        <Button
          size="xs"
          variant="default"
          loading={running}
          leftSection={<IconDownload aria-hidden size={15} />}
          onClick={() => void run(exported)}
        >
          {t('kubeconfig.export')}
        </Button>
        <Button
          size="xs"
          variant="default"
          component="a"
          href={hrefOf({ screen: 'inside', context: name })}
          leftSection={<IconListSearch aria-hidden size={15} />}
        >
          {t('inside.look')}
        </Button>
        <DashboardButton context={name} far={!isLocalOrigin(context.origin)} size="xs" />
      </div>
      <div className={classes.terminal}>
        {t('kubeconfig.terminal')}
        <Command text={`boathouse shell ${/^[\w.@:/-]+$/.test(name) ? name : `'${name}'`}`} />
      </div>
      <Deeds context={context} />
    </section>
  );
}

/** What can be done to it: the form, what would change, the button. */
function Deeds({ context }: { context: KubeContext }) {
  const { t } = useTranslation();
  const { running, change } = useChange();
  const { name, current, namespace } = context;
  const far = !isLocalOrigin(context.origin);
  const [deed, setDeed] = useState<Deed>(current ? 'namespace' : 'use');
  const [words, setWords] = useState({ namespace: namespace ?? '', rename: name });
  const [sure, setSure] = useState(false);
  const wish = wishOf(deed, context, words);
  const asked = usePlan(wish, { name, current, namespace });
  const possible = wish !== undefined && asked.error === undefined && (deed !== 'remove' || !far || sure);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (wish && possible) void change(wish).then((done) => done && setSure(false));
  };
  return (
    <form onSubmit={submit} className={classes.deeds}>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('kubeconfig.deeds')}
        value={deed}
        onChange={(value) => setDeed(value)}
        data={deeds.map((value) => ({ value, label: t(`kubeconfig.deed.${value}`) }))}
      />
      {(deed === 'namespace' || deed === 'rename') && (
        <TextInput
          label={t(`kubeconfig.field.${deed}`)}
          value={words[deed]}
          onChange={(event) => setWords({ ...words, [deed]: event.currentTarget.value })}
        />
      )}
      {deed === 'remove' && far && (
        <Checkbox
          label={t('kubeconfig.sure', { name })}
          checked={sure}
          onChange={(event) => setSure(event.currentTarget.checked)}
        />
      )}
      {wish && <ChangePreview asked={asked} />}
      <Button
        type="submit"
        loading={running}
        disabled={!possible || (asked.answer?.files.length === 0 && !asked.asking)}
        {...(deed === 'remove' && { color: 'red' })}
      >
        {t(`kubeconfig.do.${deed}`, { name })}
      </Button>
    </form>
  );
}

function wishOf(
  deed: Deed,
  { name, current }: KubeContext,
  words: Record<'namespace' | 'rename', string>,
): Wish | undefined {
  const namespace = words.namespace.trim();
  const to = words.rename.trim();
  switch (deed) {
    case 'use':
      return current ? undefined : { kind: 'use', context: name };
    case 'namespace':
      if (!/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(namespace)) return undefined;
      return { kind: 'use', context: name, namespace, stay: true };
    case 'rename':
      return to === '' || to === name ? undefined : { kind: 'rename', context: name, to };
    case 'remove':
      return { kind: 'remove', contexts: [name] };
  }
}
