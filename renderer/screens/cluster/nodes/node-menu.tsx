// What can be done to one node: whether it takes pods, at once; all else is asked about first.
import { ActionIcon, Menu } from '@mantine/core';
import {
  IconCircleMinus,
  IconCirclePlus,
  IconDots,
  IconGauge,
  IconRefresh,
  IconShieldHalf,
  IconTag,
  IconTerminal2,
  IconTrash,
  IconTruckDelivery,
} from '@tabler/icons-react';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { kubectlCommand, nodeRef } from '../../../../shared/model/actions';
import type { Cluster, ClusterNode } from '../../../../shared/model/cluster';
import { useAct } from '../../../parts/actions/use-act';
import classes from './nodes.module.css';

/** Changes of a cluster that is ours. */
export const nodeChanges = ['limit', 'label', 'taint', 'replace', 'remove'] as const;
export type NodeChange = (typeof nodeChanges)[number];
export type NodeAction = NodeChange | 'drain' | 'shell';

const icons = { limit: IconGauge, label: IconTag, taint: IconShieldHalf, replace: IconRefresh, remove: IconTrash };

interface NodeMenuProps {
  cluster: Cluster;
  node: ClusterNode;
  changeable: boolean;
  onAct: (action: NodeAction, node: ClusterNode, from: HTMLElement) => void;
}

export function NodeMenu({ cluster: { context }, node, changeable, onAct }: NodeMenuProps) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const object = useMemo(() => nodeRef(node.name), [node.name]);
  const { running, act } = useAct(context, object);
  // Kubernetes tells of it: then it can be asked to do something about it, whoever has made the cluster.
  const known = node.kubernetes !== undefined;
  const verb = node.kubernetes?.unschedulable ? 'uncordon' : 'cordon';
  const Cordon = verb === 'cordon' ? IconCircleMinus : IconCirclePlus;
  const disabled = !known && !changeable && node.state !== 'running';
  const ask = (action: NodeAction) => button.current && onAct(action, node, button.current);
  return (
    // The table scrolls sideways: what opens within it would be cut off at its edge.
    <Menu disabled={disabled} position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          ref={button}
          variant="subtle"
          color="gray"
          size={30}
          disabled={disabled}
          loading={running}
          aria-label={t('action.more', { name: node.name })}
        >
          <IconDots aria-hidden size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          disabled={!known}
          title={kubectlCommand(context, object, { verb })}
          leftSection={<Cordon aria-hidden size={16} />}
          onClick={() => void act({ verb })}
        >
          {t(`actions.verb.${verb}`)}
        </Menu.Item>
        <Menu.Item
          disabled={!known}
          leftSection={<IconTruckDelivery aria-hidden size={16} />}
          onClick={() => ask('drain')}
        >
          {t('actions.verb.drain')}
        </Menu.Item>
        <Menu.Item
          disabled={node.state !== 'running'}
          leftSection={<IconTerminal2 aria-hidden size={16} />}
          onClick={() => ask('shell')}
        >
          {t('nodes.action.shell')}
        </Menu.Item>
        <Menu.Divider />
        {nodeChanges.map((action) => {
          const Icon = icons[action];
          return (
            <Menu.Item
              key={action}
              disabled={!changeable}
              {...(action === 'remove' && { className: classes.danger ?? '' })}
              leftSection={<Icon aria-hidden size={16} />}
              onClick={() => ask(action)}
            >
              {t(`nodes.action.${action}`)}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
