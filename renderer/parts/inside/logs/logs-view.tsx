// The logs of one object of the look inside: of a pod, or of all pods of a workload or a Service.
import { Anchor } from '@mantine/core';
import { IconArrowsMaximize } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { targetKindOf } from '../../../../shared/model/pod-target';
import { hrefOf } from '../../../app/route';
import type { ObjectViewProps } from '../object-view';
import { LogPane } from './log-pane';

export function LogsView({ of: { context, kind, namespace = '', name } }: ObjectViewProps) {
  const { t } = useTranslation();
  const target = targetKindOf(kind.resource);
  if (!target) return null;
  const of = `${target}/${name}`;
  const whole = (
    <Anchor size="xs" href={hrefOf({ screen: 'logs', context, namespace, of })}>
      <IconArrowsMaximize aria-hidden size={13} /> {t('logs.whole')}
    </Anchor>
  );
  return <LogPane context={context} targets={[{ namespace, kind: target, name }]} more={whole} />;
}
