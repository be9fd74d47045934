// The nodes of a cluster: how each is, what it may use and uses, and everything that can be changed about them.
import { Button, Modal, Text } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { nodeRef } from '../../../../shared/model/actions';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { ActionDialog } from '../../../parts/actions/action-dialog';
import { hindranceWords } from '../change/hindrance';
import { useUsage } from '../use-details';
import { AddNodes } from './add-nodes';
import { LabelNode } from './label-node';
import { LimitNode } from './limit-node';
import type { NodeChange } from './node-menu';
import { NodeShell } from './node-shell';
import { NodeTable } from './node-table';
import classes from './nodes.module.css';
import { RemoveNode } from './remove-node';
import { ReplaceNode } from './replace-node';
import { TaintNode } from './taint-node';

/** What a dialog is open for. */
type Asked = Changed | { action: 'drain'; node: ClusterNode } | { action: 'shell'; node: ClusterNode };
type Changed = { action: 'add' } | { action: NodeChange; node: ClusterNode };

export function NodesTab({ cluster }: { cluster: Cluster }) {
  const { t } = useTranslation();
  const usage = useUsage(cluster);
  const [asked, setAsked] = useState<Asked>();
  const [opened, setOpened] = useState(false);
  const origin = useRef<HTMLElement>(undefined);
  const hindrance = hindranceWords(cluster, t);

  function ask(wanted: Asked, from: HTMLElement) {
    origin.current = from;
    setAsked(wanted);
    setOpened(true);
  }

  /** What had the focus before may have been an item of a menu that is gone. */
  function close() {
    setOpened(false);
    origin.current?.focus();
  }

  return (
    <section aria-label={t('nodes.title')} className={classes.tab}>
      <div className={classes.bar}>
        <Text c="dimmed" className={classes.why}>
          {hindrance ?? t('nodes.lead')}
        </Text>
        <Button
          leftSection={<IconPlus aria-hidden size={16} />}
          disabled={hindrance !== undefined}
          onClick={(event) => ask({ action: 'add' }, event.currentTarget)}
        >
          {t('nodes.add')}
        </Button>
      </div>
      <NodeTable
        cluster={cluster}
        usage={usage}
        changeable={hindrance === undefined}
        onAct={(action, node, from) => ask({ action, node }, from)}
      />
      {opened && asked?.action === 'drain' && (
        <ActionDialog context={cluster.context} object={nodeRef(asked.node.name)} verb="drain" onClose={close} />
      )}
      {opened && asked?.action === 'shell' && (
        <NodeShell context={cluster.context} node={asked.node.name} onClose={close} />
      )}
      <Modal
        opened={opened && asked?.action !== 'drain' && asked?.action !== 'shell'}
        onClose={close}
        size={920}
        withCloseButton={false}
        returnFocus={false}
      >
        {asked && asked.action !== 'drain' && asked.action !== 'shell' && (
          <Question asked={asked} cluster={cluster} usage={usage} onClose={close} />
        )}
      </Modal>
    </section>
  );
}

interface QuestionProps {
  asked: Changed;
  cluster: Cluster;
  usage: ReturnType<typeof useUsage>;
  onClose: () => void;
}

function Question({ asked, cluster, usage, onClose }: QuestionProps) {
  const common = { cluster, onClose };
  switch (asked.action) {
    case 'add':
      return <AddNodes {...common} />;
    case 'limit':
      return <LimitNode {...common} node={asked.node} inUse={usage[asked.node.name]?.memory} />;
    case 'label':
      return <LabelNode {...common} node={asked.node} />;
    case 'taint':
      return <TaintNode {...common} node={asked.node} />;
    case 'replace':
      return <ReplaceNode {...common} node={asked.node} />;
    case 'remove':
      return <RemoveNode {...common} node={asked.node} />;
  }
}
