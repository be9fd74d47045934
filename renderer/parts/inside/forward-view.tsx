// Forwards to one object of the look inside: open one, and those that are open.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { targetKindOf } from '../../../shared/model/pod-target';
import { ForwardForm } from '../forwards/forward-form';
import { ForwardList } from '../forwards/forward-list';
import classes from '../forwards/forwards.module.css';
import { useForwards } from '../forwards/use-forwards';
import type { ObjectViewProps } from './object-view';

export function ForwardView({ of: { context, kind, namespace = '', name } }: ObjectViewProps) {
  const { t } = useTranslation();
  const all = useForwards();
  const target = targetKindOf(kind.resource);
  if (!target) return null;
  const own = (all ?? []).filter(
    (one) =>
      one.context === context &&
      one.target.kind === target &&
      one.target.name === name &&
      one.target.namespace === namespace,
  );
  return (
    <div className={classes.part}>
      <Text size="sm" c="dimmed">
        {t('forwards.lead')}
      </Text>
      <ForwardForm context={context} target={{ namespace, kind: target, name }} />
      <ForwardList forwards={own} />
    </div>
  );
}
