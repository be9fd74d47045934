// What of skaffold's this loop does not have, or has in its own way: why, and what it means.
import type { Effect, Unsupported } from '../../../../shared/model/devloop/place';

interface Meaning {
  effect: Effect;
  why: string;
  meaning: string;
}

const builder = (name: string): Meaning => ({
  effect: 'left-out',
  why: `images are built from Dockerfiles and by commands, not by ${name}`,
  meaning: 'this image is not built, and pods that use it run the one that their nodes can get',
});

/** Sentences without a full stop; `{{name}}` is filled from the finding's params. */
const meanings = {
  'cloud-build': {
    effect: 'differs',
    why: 'Google Cloud Build is not used',
    meaning: 'images are built by the engine of this computer',
  },
  'cluster-build': {
    effect: 'differs',
    why: 'images are not built inside the cluster',
    meaning: 'they are built by the engine of this computer',
  },
  kaniko: {
    effect: 'differs',
    why: 'kaniko is not used',
    meaning: 'the image is built by the engine of this computer, from the same Dockerfile, target and build args',
  },
  bazel: builder('Bazel'),
  ko: builder('ko'),
  jib: builder('Jib'),
  buildpacks: builder('buildpacks'),
  push: {
    effect: 'differs',
    why: 'images are not pushed to the registries that they are named after',
    meaning: 'they go straight into the nodes, or into the local registry',
  },
  'import-missing': {
    effect: 'nothing',
    why: 'images are not looked for elsewhere before they are built',
    meaning: 'they are built, from the cache as far as it reaches',
  },
  'insecure-registries': {
    effect: 'nothing',
    why: 'images are not pushed to the registries that they are named after',
    meaning: 'nothing is fetched from or pushed to these in the loop',
  },
  'tag-policy': {
    effect: 'nothing',
    why: 'images are named by what is in them, so that nothing stale can run',
    meaning: 'they have no tags of this policy',
  },
  'runtime-type': { effect: 'nothing', why: 'it is for "skaffold debug"', meaning: 'the loop needs none' },
  'sync-auto': {
    effect: 'differs',
    why: 'files are synced by rules of the project or of its Dockerfile, not of a builder',
    meaning: 'every change of this image is built',
  },
  'sync-infer': {
    effect: 'differs',
    why: 'where files go is read from a Dockerfile, and this image has none',
    meaning: 'every change of this image is built',
  },
  tests: {
    effect: 'differs',
    why: 'tests of images are not run between building and deploying',
    meaning: 'images are deployed without them',
  },
  'hook-in-container': {
    effect: 'differs',
    why: 'manifests are rendered on this computer, beside no container',
    meaning: 'this command is not run',
  },
  verify: { effect: 'nothing', why: 'it is for "skaffold verify"', meaning: 'a dev loop does not run it' },
  actions: { effect: 'nothing', why: 'they are for "skaffold exec"', meaning: 'a dev loop does not run them' },
  'remote-manifests': {
    effect: 'left-out',
    why: 'manifests are not read from other clusters',
    meaning: 'these objects are not deployed',
  },
  'storage-manifests': {
    effect: 'left-out',
    why: 'manifests are not read from cloud storage',
    meaning: 'these objects are not deployed',
  },
  kpt: { effect: 'left-out', why: 'kpt is not used', meaning: 'what it would render or deploy is not deployed' },
  transform: {
    effect: 'left-out',
    why: 'functions of kpt are not run',
    meaning: 'manifests are deployed without being transformed or validated by them',
  },
  output: {
    effect: 'nothing',
    why: 'rendered manifests are not written to a folder',
    meaning: 'they go to the cluster all the same',
  },
  'docker-deploy': {
    effect: 'left-out',
    why: 'containers are run in clusters, not beside them',
    meaning: 'these containers are not started',
  },
  'cloud-run': { effect: 'left-out', why: 'Google Cloud Run is not used', meaning: 'nothing is deployed there' },
  'kubectl-flags': {
    effect: 'differs',
    why: 'manifests are applied by the loop itself, without kubectl',
    meaning: 'these flags of kubectl have no effect',
  },
  'helm-concurrency': {
    effect: 'nothing',
    why: 'releases are installed in the order of what they depend on',
    meaning: 'it may take longer or shorter, and ends the same',
  },
  'helm-secrets': {
    effect: 'differs',
    why: 'the plugin helm-secrets is not called',
    meaning: 'values files that it encrypted are passed to helm as they are',
  },
  'recreate-pods': {
    effect: 'nothing',
    why: 'helm 3 has no --recreate-pods',
    meaning: 'pods are replaced when what they run has changed',
  },
  'resource-selector': {
    effect: 'differs',
    why: 'images are replaced wherever a container names them, by rules of the loop',
    meaning: 'fields named here are treated like those of any other object',
  },
  'forward-container': {
    effect: 'left-out',
    why: 'ports lead to what runs in the cluster, not to containers beside it',
    meaning: 'this port is not forwarded',
  },
  'forward-address': {
    effect: 'differs',
    why: 'ports are opened on 127.0.0.1 alone',
    meaning: 'others in the network do not reach this one',
  },
  git: {
    effect: 'left-out',
    why: 'configurations are not fetched from git',
    meaning: 'what it would build and deploy is left out; clone it and name its path',
  },
  'cloud-source': {
    effect: 'left-out',
    why: 'configurations are not fetched from Google Cloud',
    meaning: 'what it would build and deploy is left out',
  },
  template: {
    effect: 'differs',
    why: 'of templates, variables and default are filled, and {{template}} is more',
    meaning: 'it stays as it stands',
  },
  'template-tag': {
    effect: 'differs',
    why: 'of templates, variables and default are filled, and {{template}} is more',
    meaning: 'images are tagged by their content',
  },
} satisfies Record<string, Meaning>;

export type UnsupportedCode = keyof typeof meanings;
/** The words of every code, for other languages to be held against. */
export const unsupportedWords = Object.fromEntries(
  Object.entries(meanings).map(([code, { why, meaning }]) => [code, { why, meaning }]),
);

/** What a code means, with its blanks filled. */
export function meaningOf(
  code: UnsupportedCode,
  params: Record<string, string> = {},
): Pick<Unsupported, 'effect' | 'why' | 'meaning'> {
  const { effect, why, meaning } = meanings[code];
  const fill = (words: string) => words.replaceAll(/\{\{(\w+)\}\}/g, (whole, name: string) => params[name] ?? whole);
  return { effect, why: fill(why), meaning: fill(meaning) };
}
