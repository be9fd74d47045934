// The kubeadm configuration of one node (`/kind/kubeadm.conf`): kind's documents, our listed differences, the user's patches.
import { randomInt } from 'node:crypto';
import { stringify } from 'yaml';
import { differences } from './differences';
import { type Documents, kindDocuments, kubeadmApiVersion } from './kind-documents';
import type { KubeadmConfigRequest } from './kubeadm-config-request';
import { patchedDocuments } from './kubeadm-patches';
import { parseKubernetesVersion } from './kubernetes-version';
import { isTree, type Tree, type Value } from './patching';

function withValue(tree: Value | undefined, path: readonly string[], value: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return value;
  if (Array.isArray(tree)) {
    return tree.map((item: Value, index) => (String(index) === key ? withValue(item, rest, value) : item));
  }
  const fields = isTree(tree) ? tree : {};
  return { ...fields, [key]: withValue(fields[key], rest, value) };
}

function setAt(documents: Documents, path: readonly string[], value: Value): Documents {
  return withValue({ ...documents } as Tree, path, value) as unknown as Documents;
}

/** v1beta4 writes arguments as lists of name and value, the older ones as maps. */
function argumentsAsLists(value: Value): Value {
  if (Array.isArray(value)) return value.map(argumentsAsLists);
  if (!isTree(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, field]): [string, Value] => {
      if ((key === 'extraArgs' || key === 'kubeletExtraArgs') && isTree(field)) {
        return [key, Object.entries(field).map(([name, argument]) => ({ name, value: argument }))];
      }
      return [key, argumentsAsLists(field)];
    }),
  );
}

/**
 * The documents before the user's patches, arguments as maps in every API version.
 * @throws AppError `bad-input` when `kubernetesVersion` is no version.
 */
export function generatedDocuments(request: KubeadmConfigRequest): Documents {
  const version = parseKubernetesVersion(request.kubernetesVersion);
  let documents = kindDocuments(request, version);
  for (const difference of differences) {
    const value = difference.value(request, version);
    if (value !== undefined) documents = setAt(documents, difference.path.split('.'), value);
  }
  return documents;
}

/**
 * The documents of a node's kubeadm configuration as they are written: in the API version that kind 0.33 takes for this
 * Kubernetes version, with `differences` applied and then the user's patches.
 * @throws AppError `bad-input` when `kubernetesVersion` is no version, `template-invalid` for a patch that cannot be applied
 */
export function kubeadmDocuments(request: KubeadmConfigRequest): Tree[] {
  const lists = kubeadmApiVersion(parseKubernetesVersion(request.kubernetesVersion)).endsWith('v1beta4');
  let documents = Object.values(generatedDocuments(request)) as Tree[];
  if (lists) documents = documents.map((document) => argumentsAsLists(document) as Tree);
  for (const patches of request.patches ?? []) documents = patchedDocuments(documents, patches);
  return request.joins ? documents.map((document) => asJoining(document, documents)) : documents;
}

/**
 * Every kubelet is started by a phase of `kubeadm init`, which reads InitConfiguration. Where kind runs `kubeadm join`, what a user
 * has patched stands in JoinConfiguration.
 */
function asJoining(document: Tree, documents: readonly Tree[]): Tree {
  const join = documents.find(({ kind }) => kind === 'JoinConfiguration');
  const registration = join?.nodeRegistration;
  if (document.kind !== 'InitConfiguration' || registration === undefined) return document;
  return { ...document, nodeRegistration: registration };
}

/** The text of `/kind/kubeadm.conf`: `kubeadmDocuments` as YAML. Throws what they throw. */
export function kubeadmConfig(request: KubeadmConfigRequest): string {
  return kubeadmDocuments(request)
    .map((document) => stringify(document, { version: '1.1', lineWidth: 0 }))
    .join('---\n');
}

const tokenCharacters = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** A bootstrap token in kubeadm's form `[a-z0-9]{6}.[a-z0-9]{16}`, from the system's random source. */
export function bootstrapToken(): string {
  const characters = (count: number) =>
    Array.from({ length: count }, () => tokenCharacters[randomInt(tokenCharacters.length)]).join('');
  return `${characters(6)}.${characters(16)}`;
}
