// What is said about contexts, probes and changes of the kubeconfig: English by code; other languages have theirs in the renderer.
import { type Blanks, fillBlanks, type Sentence } from '../../../shared/model/sentence';

export const kubeconfigWords = {
  'cluster-missing': 'No file has the cluster {{name}} that it names.',
  'user-missing': 'No file has the user {{name}} that it names.',
  'server-missing': 'Its cluster {{name}} has no server address.',
  'file-missing': 'The file {{path}} that it needs ({{field}}) cannot be read.',
  expired: 'What it signs in with was valid until {{at, date}}.',

  answers: 'Kubernetes answers.',
  unauthorized: 'Kubernetes answers, but does not accept what this context signs in with (401).',
  forbidden: 'Kubernetes answers, but does not let this user in (403).',
  unreachable: 'Nothing answers at {{server}}.',
  slow: '{{server}} has not answered within {{seconds}} s.',
  untrusted: 'What answers at {{server}} shows a certificate that this context does not trust.',
  'not-kubernetes': 'Something else than Kubernetes answers at {{server}} (HTTP {{status}}).',
  'program-failed': 'The program {{program}} that signs in did not do so.',
  'program-slow':
    'The program {{program}} that signs in was not done within {{seconds}} s. It may wait for input, which it cannot get here.',
  unusable: 'The context cannot be used as it stands in the file.',
  'provider-gone': 'It signs in with the built-in provider {{name}}, which kubectl has not had since 1.26.',

  'did-add': 'Added {{name}}',
  'did-remove': '{{names, list}} removed',
  'did-use': 'Switched to {{name}}',
  'did-namespace': 'Default namespace of {{name}}: {{namespace}}',
  'did-use-namespace': 'Switched to {{name}}, namespace {{namespace}}',
  'did-rename': '{{name}} renamed to {{to}}',
  'did-import': '{{names, list}} imported',
  'did-undo': 'Took back: {{what}}',
  'did-change': 'Changed',

  'runs-program': '{{name}} runs the program {{program}} to sign in.',
  'trusts-anyone': '{{name}} does not check whom it talks to (insecure-skip-tls-verify).',
  'is-remote': '{{name}} leads to a cluster that is not on this computer: {{server}}',
  'was-current': '{{name}} is the current context; kubectl has none afterwards.',
} as const;

export type KubeconfigCode = keyof typeof kubeconfigWords;

export function say(code: KubeconfigCode, params?: Blanks): Sentence {
  return { code, ...(params && { params }), text: fillBlanks(kubeconfigWords[code], params ?? {}) };
}
