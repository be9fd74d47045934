// Logs alone on the screen: of a target, or of whatever has certain labels.
import { useTranslation } from 'react-i18next';
import { type PodTarget, parseTarget } from '../../../shared/model/pod-target';
import { laterInside } from '../../parts/later';
import { Page } from '../../parts/page';

const LogPane = laterInside(async () => (await import('../../parts/inside/logs/whole-pane')).WholePane);

interface LogsScreenProps {
  context: string;
  namespace: string;
  of: string;
}

export function LogsScreen({ context, namespace, of }: LogsScreenProps) {
  const { t } = useTranslation();
  return (
    <Page title={t('logs.of', { name: of })} lead={t('logs.lead', { cluster: context, namespace })}>
      <LogPane context={context} targets={[targetOf(of, namespace)]} />
    </Page>
  );
}

/** Labels have an operator in them, names never. */
function targetOf(of: string, namespace: string): PodTarget {
  try {
    return parseTarget(of, namespace);
  } catch {
    return { namespace, labels: of };
  }
}
