// Where a port leads, in words.
import { useTranslation } from 'react-i18next';
import type { TemplatePort } from '../../../../shared/model/template/ports';
import type { Door } from './doors';

export function useTargetWords(): (to: TemplatePort['to']) => string {
  const { t } = useTranslation();
  return (to) => {
    if ('service' in to) return t('ports.to.service', { name: to.service, namespace: to.namespace, port: to.port });
    if ('nodePort' in to) return t('ports.to.nodePort', { port: to.nodePort });
    if (to.node === 'all') return t('ports.to.allNodes', { port: to.port });
    return t('ports.to.node', { name: to.node, port: to.port });
  };
}

/** The same of any way into a cluster. */
export function useDoorWords(): (door: Pick<Door, 'leadsTo'>) => string {
  const { t } = useTranslation();
  const words = useTargetWords();
  return ({ leadsTo }) => {
    if (leadsTo.to === 'api') return t('ports.to.api');
    if (leadsTo.to === 'port') return words(leadsTo.port.to);
    return t('ports.to.node', { name: leadsTo.node, port: leadsTo.port });
  };
}
