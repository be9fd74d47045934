// What dev loops say besides errors: sentences that the screen has in other languages, under `loop`.
import type { ErrorData, Hint } from '../../../shared/model/errors';
import { type Blanks, fillBlanks, type Remark, type Sentence } from '../../../shared/model/sentence';

export const loopWords = {
  'cluster-silent': 'The cluster does not answer: {{why}}',
  'cluster-gone':
    'There is no cluster of the context {{context}} any more. Stop the loop, or make the cluster again: it goes on then.',
  'wait-unseen': '{{what}}: its change to be seen',
  'wait-not-ready': '{{what}}: {{ready}} of {{wanted}} pods are ready',
  'wait-old-left': '{{what}}: {{left}} old pods are left',
  'wait-refused': '{{what}} cannot be followed: {{why}}',
  polling:
    'The system gives no more file events (fs.inotify.{{name}}{{now}}), so files are looked at every second. Raise it: sysctl fs.inotify.{{name}}=524288',
  'port-elsewhere': '{{port}} is taken on this computer: another one leads there',
  'no-shell': 'its image has no shell: nothing in it can take files and start its process anew',
  'mend-apply': 'Mend it and save: it is applied by itself.',
  'mend-build': 'Mend it and save: the build starts by itself.',
  'mend-run': 'Mend it and save: it runs again by itself.',
  'mend-project': 'Mend it and save: the loop goes on by itself.',
  'mend-dockerfile': 'Mend the Dockerfile and save it: the build starts by itself.',
  'mend-manifest': 'Mend the manifest and save: it is applied by itself.',
  'write-dockerfile': 'Write it, or say in skaffold.yaml where it is (docker.dockerfile).',
  'inside-context': 'What a custom build depends on must be in its context.',
  'json-paths': 'It must print an array of paths as JSON, and end with 0.',
  'other-loop': 'Stop the other loop, or deploy this project into another namespace.',
  'install-buildx': 'Secrets, ssh and flags of the docker program take its plugin buildx: install docker-buildx.',
  'break-circle': 'Take one of these out of `requires` in skaffold.yaml.',
  'make-image': 'The command must make the image that $IMAGE names.',
  'registry-runs': 'Check that the registry runs: boathouse registry list',
  'connect-registry':
    'Its nodes are not on this engine, and it names no local registry: connect one with boathouse registry connect.',
  'push-images':
    'Or let the project push to a registry: build.local.push in skaffold.yaml, and a registry in the image name.',
  'built-instead': 'Every change is built instead. Take sync out of skaffold.yaml, or use an image with sh and tar.',
  'write-project': 'Let Boathouse propose one, or write it.',
  'say-context': 'Say which one: --context NAME',
  'stop-first': 'Stop it first, or choose another context or namespace.',
  'install-program': 'Install {{program}}, then save a file or ask for a rebuild.',
  'free-disk': 'Free some disk space, then save a file.',
  'let-write': 'Let it be written to, then save a file.',
  'allow-context': 'If it is meant, allow it by name: boathouse dev --context {{context}} --allow-context',
  'use-context': 'Use it: --context {{context}}, or take kubeContext out of skaffold.yaml.',
  'image-like': 'Did you mean it for {{like}}? Give both the same name, and save.',
  'images-named': 'The images that they name: {{images}} Give both the same name, and save.',
  'look-at-pods': 'Look at the pods.',
  'clear-up-first': 'Stop it first, and clear up what it made.',
} as const;

/** A sentence by its code. */
export function loopSays(code: keyof typeof loopWords, params: Blanks = {}): Sentence {
  return { code, params, text: fillBlanks(loopWords[code], params) };
}

/** What a loop advises, by its code. */
export function loopHint(code: keyof typeof loopWords, params: Blanks = {}): Hint {
  return loopSays(code, params);
}

/** An error's words as a remark, which the screen has in other languages under the error's code. */
export function errorSays({ code, params, message }: Pick<ErrorData, 'code' | 'params' | 'message'>): Remark {
  return { code: `errors.${code}.text`, ...(params && { params }), text: message };
}
