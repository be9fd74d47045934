// What a user should know of a request before saying yes to it, apart from what the doctor finds.
import { type Blanks, fillBlanks, type Sentence } from '../../../shared/model/sentence';
import type { ClusterTemplate } from '../../../shared/model/template';
import { doubtsAbout, doubtWords } from '../../../shared/model/template/warnings';
import { patchesInVain } from './providers/kubeadm/refused';
import { supportOf } from './providers/kubeadm/support';

/** English, by code; the other languages have theirs in the renderer's texts. */
export const warningWords = {
  ...doubtWords,
  'version-ended':
    'Kubernetes {{version}} has not been mended since {{until}}; choose a later one for anything but tests.',
  'patch-in-vain': '{{at}} changes nothing: the configuration of Kubernetes {{version}} has no {{kind}}.',
  'no-pod-network': 'Nodes are not Ready until you install a pod network: the template leaves it to you.',
};

function warning(code: keyof typeof warningWords, params: Blanks): Sentence {
  return { code, params, text: fillBlanks(warningWords[code], params) };
}

/** Empty when there is nothing to say. */
export function warningsFor(template: ClusterTemplate, kubernetesVersion: string | undefined, now: Date): Sentence[] {
  const doubts = doubtsAbout(template.spec).map(({ path: _place, ...sentence }) => sentence);
  return [
    ...versionWarnings(kubernetesVersion, now),
    ...doubts,
    ...networkWarnings(template),
    ...patchWarnings(template, kubernetesVersion),
  ];
}

function networkWarnings({ spec }: ClusterTemplate): Sentence[] {
  return spec.provider === 'kubeadm' && spec.networking.cni === 'none' ? [warning('no-pod-network', {})] : [];
}

/** What a patch was meant for can only be guessed; kind 0.33 leaves it out without a word. */
function patchWarnings(template: ClusterTemplate, version: string | undefined): Sentence[] {
  if (version === undefined || template.spec.provider !== 'kubeadm') return [];
  return patchesInVain(template, version).map(({ at, kind }) =>
    warning('patch-in-vain', { at: `spec.${at}`, kind: kind || 'document without a kind', version }),
  );
}

function versionWarnings(kubernetesVersion: string | undefined, now: Date): Sentence[] {
  if (kubernetesVersion === undefined) return [];
  const { state, until } = supportOf(kubernetesVersion, now);
  return state === 'ended' && until ? [warning('version-ended', { version: kubernetesVersion, until })] : [];
}
