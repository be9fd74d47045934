// A node's state in words: the engine's while its container does not run, else Kubernetes', with what troubles it.
import { Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ClusterNode } from '../../../../shared/model/cluster';
import { NodeBadge } from '../../../parts/badge';
import classes from './nodes.module.css';

export function NodeState({ node, brief = false }: { node: ClusterNode; brief?: boolean }) {
  const { t } = useTranslation();
  const running = node.state === 'running';
  const { kubernetes } = node;
  return (
    <>
      <NodeBadge state={node.state} ready={node.ready} word={nodeStateWord(node, t)} />
      {!brief && kubernetes?.unschedulable && (
        <Text size="sm" c="dimmed">
          {t('nodes.cordoned')}
        </Text>
      )}
      {!brief &&
        running &&
        kubernetes?.troubles.map(({ type, message }) => (
          <Text key={type} size="sm" className={classes.trouble} title={message} lang="en">
            {type === 'Ready' ? message : type}
          </Text>
        ))}
    </>
  );
}

export function nodeStateWord({ state, ready }: ClusterNode, t: TFunction): string {
  if (state !== 'running' || ready === undefined) return t(`nodeState.${state}`);
  return t(ready ? 'nodes.ready' : 'nodes.notReady');
}
