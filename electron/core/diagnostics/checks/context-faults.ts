// Can each context of the kubeconfig be used as it stands: are the files that it needs there, is what it signs in with still valid?
import type { KubeContext } from '../../../../shared/model/kubeconfig';
import { listContexts } from '../../kubeconfig/list-contexts';
import { type Checkup, type Finding, findingsOf } from '../check';

const words = {
  'context-file-missing': {
    title: 'The context {{context}} needs a file that cannot be read',
    evidence: '{{path}}, named by {{field}}',
    why: 'kubectl refuses to use the context.',
    advice: 'Put the file back, or take the context out: boathouse kubeconfig remove {{context}}',
  },
  'context-expired': {
    title: 'What the context {{context}} signs in with is no longer valid',
    evidence: 'valid until {{at, date}}',
    why: 'Kubernetes refuses it (401).',
    advice:
      'Fetch the kubeconfig anew from where it came, or take the context out: boathouse kubeconfig remove {{context}}',
  },
  'context-incomplete': {
    title: 'The context {{context}} leads nowhere',
    evidence: 'no file has what it names: {{missing}}',
    why: 'kubectl finds no cluster for it, or signs in as nobody.',
    advice: 'If you need it no longer: boathouse kubeconfig remove {{context}}',
  },
};
const finding = findingsOf('kubeconfig', words);

export const contextFaultsCheckup: Checkup = {
  words,
  async examine({ kubeconfig }) {
    const { contexts } = await listContexts(kubeconfig);
    return contexts.flatMap(findingsFor);
  },
};

/** One finding for each kind of fault: the second missing file of a context says nothing new. */
function findingsFor({ name: context, faults, cluster, user }: KubeContext): Finding[] {
  const about = (code: string) => ({ id: `${code}:${context}`, verdict: 'warning' }) as const;
  const fault = (code: string) => faults.find((one) => one.code === code);
  const found: Finding[] = [];
  const file = fault('file-missing');
  if (file) {
    const { path = '', field = '' } = file.params ?? {};
    found.push(
      finding({ ...about('context-file-missing'), code: 'context-file-missing', params: { context, path, field } }),
    );
  }
  const at = fault('expired')?.params?.at;
  if (at) found.push(finding({ ...about('context-expired'), code: 'context-expired', params: { context, at } }));
  const missing = [
    ...(fault('cluster-missing') ? [`cluster ${cluster}`] : []),
    ...(fault('server-missing') ? [`server of ${cluster}`] : []),
    ...(fault('user-missing') ? [`user ${user}`] : []),
  ];
  if (missing.length > 0) {
    const params = { context, missing: missing.join(', ') };
    found.push(finding({ ...about('context-incomplete'), code: 'context-incomplete', params }));
  }
  return found;
}
