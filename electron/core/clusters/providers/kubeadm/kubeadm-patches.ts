// The user's patches of kubeadm's configuration, applied to its documents as kind 0.33 applies them.

import { AppError } from '../../../../../shared/model/errors';
import type { TemplateSpec } from '../../../../../shared/model/template/spec';
import { isTree, listOf, merged, operated, type Tree, type Value, yamlOf } from './patching';

type Json6902 = TemplateSpec['patches']['kubeadmJson6902'][number];

/** In the order in which they are applied: merge patches, then JSON patches. */
export interface KubeadmPatches {
  /** Where they stand in the template, such as `nodes[1].patches`. */
  readonly at: string;
  readonly kubeadm: readonly string[];
  readonly kubeadmJson6902: readonly Json6902[];
}

interface Target {
  readonly apiVersion: string;
  readonly kind: string;
}

/**
 * The documents with the patches applied. A patch for a document that is not there changes nothing.
 * @throws AppError `template-invalid`, naming the patch, for one that cannot be read or does not apply
 */
export function patchedDocuments(documents: readonly Tree[], patches: KubeadmPatches): Tree[] {
  const merges = patches.kubeadm.flatMap((text, index) => {
    const at = `${patches.at}.kubeadm[${index}]`;
    return attempt(at, () => mergePatchesIn(text)).map((patch) => ({ at, patch }));
  });
  return documents.map((document) => {
    let patched = document;
    for (const { at, patch } of merges) {
      if (matches(document, targetOf(patch))) patched = attempt(at, () => mergedDocument(patched, patch));
    }
    for (const [index, json] of patches.kubeadmJson6902.entries()) {
      const at = `${patches.at}.kubeadmJson6902[${index}]`;
      if (matches(document, targetOfJson(json))) patched = attempt(at, () => operated(patched, json.patch));
    }
    return patched;
  });
}

/** Patches that no document is meant by, as `place: kind` that they name: most often a slip of the pen. */
export function unusedPatches(documents: readonly Tree[], patches: KubeadmPatches): { at: string; kind: string }[] {
  const targets = [
    ...patches.kubeadm.flatMap((text, index) => {
      const at = `${patches.at}.kubeadm[${index}]`;
      return attempt(at, () => mergePatchesIn(text)).map((patch) => ({ at, target: targetOf(patch) }));
    }),
    ...patches.kubeadmJson6902.map((json, index) => ({
      at: `${patches.at}.kubeadmJson6902[${index}]`,
      target: targetOfJson(json),
    })),
  ];
  return targets
    .filter(({ target }) => !documents.some((document) => matches(document, target)))
    .map(({ at, target }) => ({ at, kind: [target.apiVersion, target.kind].filter(Boolean).join(' ') }));
}

/** The merge patches in a text: one for each of its documents. Throws what is wrong with it. */
export function mergePatchesIn(text: string): Tree[] {
  // kind 0.33: a line that begins with three dashes separates, whatever follows them.
  return text.split(/\n---[^\n]*(?:\n|$)/).flatMap((part) => {
    const content = yamlOf(part);
    if (content === null || content === undefined) return [];
    if (!isTree(content)) throw new Error('it is not a mapping');
    return [content];
  });
}

/**
 * kind 0.33: RFC 7386, but names of the certificate are added, and in v1beta4 arguments are merged by their names; without an
 * apiVersion in the patch they may also be written as the mapping of earlier versions.
 */
function mergedDocument(document: Tree, patch: Tree): Tree {
  const special = specially(document, patch, {
    lists: String(document.apiVersion).endsWith('v1beta4'),
    mappings: patch.apiVersion === undefined,
  });
  return merged(special.target, special.rest) as Tree;
}

interface ArgumentForms {
  /** The document writes arguments as lists. */
  readonly lists: boolean;
  /** The patch may write them as a mapping. */
  readonly mappings: boolean;
}

/** The target with the special fields of the patch merged, and the patch without them. */
function specially(target: Tree, patch: Tree, forms: ArgumentForms): { target: Tree; rest: Tree } {
  const result = { ...target };
  const rest: Tree = {};
  for (const [key, value] of Object.entries(patch)) {
    if (key === 'certSANs') {
      result[key] = [...new Set([...listOf(target[key]), ...listOf(value)])];
    } else if (forms.lists && (key === 'extraArgs' || key === 'kubeletExtraArgs')) {
      result[key] = mergedArguments(target[key], value, forms);
    } else if (isTree(value)) {
      const inner = specially(isTree(target[key]) ? target[key] : {}, value, forms);
      if (isTree(target[key]) || Object.keys(inner.target).length > 0) result[key] = inner.target;
      rest[key] = inner.rest;
    } else {
      rest[key] = value;
    }
  }
  return { target: result, rest };
}

function mergedArguments(target: Value | undefined, patch: Value, forms: ArgumentForms): Value {
  const changes = isTree(patch) && forms.mappings ? argumentList(patch) : listOf(patch).filter(isTree);
  let list = isTree(target) ? argumentList(target) : listOf(target).filter(isTree);
  for (const { name, value = null } of changes) {
    if (typeof name !== 'string') continue;
    const present = list.some((one) => one.name === name);
    if (value === null) list = list.filter((one) => one.name !== name);
    else list = present ? list.map((one) => (one.name === name ? { ...one, value } : one)) : [...list, { name, value }];
  }
  return list;
}

function argumentList(mapping: Tree): Tree[] {
  return Object.entries(mapping).map(([name, value]) => ({ name, value }));
}

function targetOf({ apiVersion, kind }: Tree): Target {
  return { apiVersion: String(apiVersion ?? ''), kind: String(kind ?? '') };
}

function targetOfJson({ group, version, kind }: Json6902): Target {
  return { apiVersion: group ? `${group}/${version}` : version, kind };
}

/** kind 0.33: the kind must be the same, and the API version where the patch names one. */
function matches({ apiVersion, kind }: Tree, target: Target): boolean {
  return kind === target.kind && (target.apiVersion === '' || apiVersion === target.apiVersion);
}

function attempt<Result>(at: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    throw brokenPatch(at, error);
  }
}

/** The error for a patch that cannot be read or applied; `at`: its place in the spec. */
export function brokenPatch(at: string, error: unknown): AppError {
  // The library's messages go on with the whole document.
  const [why] = String(error instanceof Error ? error.message : error).split('\n');
  const problem = `spec.${at} is not right: ${why}`;
  return new AppError('template-invalid', `A patch of the template cannot be used: ${problem}`, {
    params: { file: at, problem, count: 1 },
    hints: [{ text: 'Correct the patch in the template and try again.' }],
    cause: error,
  });
}
