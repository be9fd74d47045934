// The part of a create's plan that fills the cluster: images, manifests, what must be ready, the kubeconfig, the sample.
import type { ManifestWait, TemplateManifest } from '../../../../shared/model/template/manifests';
import { stateText } from '../../kube/state';
import type { AddStep, CreatePlanInput } from './plan-input';

const lane = 'cluster';

/**
 * `network`: the step that installs the pod network, if it is installed. Returns the step that writes the kubeconfig, and those of the
 * sample that end after it.
 */
export function addWorkloadSteps(add: AddStep, input: CreatePlanInput, network: readonly string[]) {
  const { spec } = input;
  const names = input.nodes.map((node) => node.name);
  const images = addImages(add, input, names);
  const manifests = addManifests(add, spec.manifests, ['node-join', 'addons', 'storage', ...network, ...images]);
  const own = spec.networking.cni === 'none';
  // What brings the pod network may be among the manifests.
  const networked = own ? manifests : network;
  const ready = names.map((name) =>
    add({
      kind: 'node-ready',
      lane: name,
      title: own ? `Waiting until ${name} lacks nothing but a pod network` : `Waiting until ${name} is Ready`,
      after: ['node-join', ...networked, `kubelet-start:${name}`],
      command: `kubectl wait --for=condition=Ready node/${name}`,
    }),
  );
  const dns = add({
    kind: 'dns',
    lane,
    title: own ? 'Waiting until DNS answers, if there is a pod network' : 'Waiting until DNS answers',
    after: ['addons', ...ready],
    command: 'kubectl -n kube-system get endpoints kube-dns',
  });
  const ports = spec.ports.length > 0 ? ['port-open'] : [];
  const written = add({
    kind: 'kubeconfig-write',
    lane,
    title: `Writing the context kind-${input.name}`,
    after: [dns, 'cluster-config', 'storage', ...images, ...manifests, ...ports],
    command: `boathouse kubeconfig ${input.name}`,
  });
  return { written, last: spec.sample ? [addSample(add, names, dns)] : [] };
}

/** Images are pulled from the first moment on, and loaded while the control plane comes up. */
function addImages(add: AddStep, { spec, missingImages }: CreatePlanInput, nodes: readonly string[]): string[] {
  if (spec.images.length === 0) return [];
  const pulled =
    missingImages.length === 0
      ? []
      : [
          add({
            kind: 'images-pull',
            lane: 'engine',
            title: `Pulling ${listed(missingImages)}`,
            after: ['engine-check'],
            command: missingImages.map((image) => `docker pull ${image}`).join(' && '),
          }),
        ];
  const booted = nodes.map((name) => `${spec.certificates.length > 0 ? 'certificates-trust' : 'node-boot'}:${name}`);
  const loaded = add({
    kind: 'images-load',
    lane,
    title: `Loading ${listed(spec.images)}`,
    after: [...pulled, ...booted],
    command: `kind load docker-image ${spec.images.join(' ')}`,
  });
  return [loaded];
}

function listed(images: readonly string[]): string {
  return images.length > 3 ? `${images.length} images` : images.join(', ');
}

/** One after another, each when what was to be waited for of the one before is there. Returns the steps that end last. */
function addManifests(add: AddStep, manifests: readonly TemplateManifest[], before: readonly string[]): string[] {
  return manifests.reduce<string[]>(
    (after, { name, wait }) => {
      const command = `kubectl apply -f ${name}.yaml`;
      const applied = add({ kind: 'manifest-apply', lane, of: name, title: `Applying ${name}`, after, command });
      if (wait.length === 0) return [applied];
      const title = `Waiting for the ${wait.map(stateText).join(', ')}`;
      const waiting = wait.map(waitCommand).join(' && ');
      return [add({ kind: 'manifest-wait', lane, of: name, title, after: [applied], command: waiting })];
    },
    [...before],
  );
}

function waitCommand(wanted: ManifestWait): string {
  const namespace = wanted.namespace ? ` -n ${wanted.namespace}` : '';
  if ('rollout' in wanted) return `kubectl${namespace} rollout status ${wanted.rollout}`;
  return `kubectl${namespace} wait --for=condition=${wanted.condition} ${wanted.of}`;
}

function addSample(add: AddStep, nodes: readonly string[], dns: string): string {
  const booted = nodes.map((name) => `node-boot:${name}`);
  const image = add({
    kind: 'sample-image',
    lane,
    title: 'Loading the image of the sample',
    after: booted,
    command: 'kind load docker-image',
  });
  const deployed = add({
    kind: 'sample-deploy',
    lane,
    title: 'Deploying the sample',
    after: [image, dns],
    command: 'kubectl apply -f hello.yaml',
  });
  return add({
    kind: 'sample-ready',
    lane,
    title: 'Waiting until the sample runs',
    after: [deployed],
    command: 'kubectl -n hello rollout status deployment/hello',
  });
}
