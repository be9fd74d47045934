// A create as a job: the plan's steps and what each of them does, in one place to read.
import type { AppError } from '../../../../shared/model/errors';
import type { Plan } from '../../../../shared/model/operation';
import type { Engine } from '../../engine/engine';
import { createClusterNetwork } from '../../engine/networks';
import type { Job, StepAction, StepContext } from '../../operations/operation';
import { ownLabels } from '../providers/kubeadm/labels';
import type { PlannedNode } from '../providers/kubeadm/nodes';
import { removeCreation } from '../remove';
import { type Building, controlPlanesOf } from './building';
import { cachesActions } from './caches';
import {
  addAddons,
  connectToApi,
  finishControlPlane,
  startControlPlane,
  storeClusterConfiguration,
} from './control-plane';
import { loadTemplateImages, pullImages } from './images';
import { configureNode, startNode } from './kubelets';
import { applyTemplateManifest, readManifests, waitForManifest } from './manifests';
import {
  bootWithFiles,
  createNode,
  makeCertificates,
  openClusterEntrance,
  openTemplatePorts,
  trustCertificates,
  unpackNodeImages,
} from './nodes';
import { installPodNetwork, installStorage, registerNodes } from './objects';
import { waitForClusterDns, waitForNode } from './ready';
import { registryActions } from './registry';

export interface CreateJobInput {
  plan: Plan;
  building: Building;
  /** Images that must be pulled: of nodes, and of the template's own. */
  pulls: readonly string[];
  missingImages: readonly string[];
  keepOnFailure: boolean;
  /** What stands against the create, checked again when its turn comes. */
  check(engine: Engine, signal: AbortSignal): Promise<void>;
  /** Hands the finished cluster over: writes the kubeconfig, and registers how to take that back. */
  handOver(building: Building, context: StepContext): Promise<void>;
  /** Steps of the sample, by id. */
  sample: ReadonlyMap<string, StepAction>;
  explain(error: AppError): AppError;
  keepEvidence(operation: string): Promise<string | undefined>;
}

export function createJob(input: CreateJobInput): Job {
  const { building, plan } = input;
  const { engine, request } = building;
  const actions = new Map<string, StepAction>(input.sample);
  const twoStages = plan.steps.some((step) => step.kind === 'control-plane-finish');

  actions.set('engine-check', async (context) => {
    await input.check(engine, context.signal);
    context.undo('containers and network', (signal) => removeCreation(engine, request.creation, signal));
  });
  setFetchingActions(actions, input);
  actions.set('network-create', async () => {
    const { ipFamily, podSubnet, serviceSubnet } = request.template.spec.networking;
    building.network = await createClusterNetwork(engine, {
      name: `boathouse-${request.name}`,
      ipv6: ipFamily !== 'ipv4',
      avoid: [podSubnet, serviceSubnet],
      labels: {
        [ownLabels.cluster]: request.name,
        [ownLabels.operation]: request.creation,
        [ownLabels.version]: request.version,
      },
    });
  });
  for (const [id, action] of cachesActions(building)) actions.set(id, action);
  for (const [id, action] of registryActions(building)) actions.set(id, action);
  actions.set('certificates', () => makeCertificates(building));
  for (const node of request.nodes) setNodeActions(actions, building, node);
  actions.set('entrance', (context) => openClusterEntrance(building, context));
  actions.set('port-open', (context) => openTemplatePorts(building, context));
  for (const node of controlPlanesOf(building)) {
    actions.set(`control-plane-start:${node.name}`, (context) => startControlPlane(building, node, twoStages, context));
    actions.set(`control-plane-finish:${node.name}`, (context) => finishControlPlane(building, node, context));
  }
  actions.set('api-server', (context) => connectToApi(building, context));
  actions.set('node-join', (context) => registerNodes(building, context));
  actions.set('addons', (context) => addAddons(building, context));
  actions.set('pod-network', (context) => installPodNetwork(building, context));
  actions.set('storage', (context) => installStorage(building, context));
  actions.set('cluster-config', (context) => storeClusterConfiguration(building, context));
  actions.set('images-load', (context) => loadTemplateImages(building, context));
  for (const manifest of request.template.spec.manifests) {
    actions.set(`manifest-apply:${manifest.name}`, (context) => applyTemplateManifest(building, manifest, context));
    actions.set(`manifest-wait:${manifest.name}`, (context) => waitForManifest(building, manifest, context));
  }
  actions.set('dns', (context) => waitForClusterDns(building, context));
  actions.set('kubeconfig-write', (context) => input.handOver(building, context));
  return {
    plan,
    actions,
    keepOnFailure: input.keepOnFailure,
    explain: input.explain,
    keepEvidence: input.keepEvidence,
  };
}

/** What comes from elsewhere before anything is made. */
function setFetchingActions(
  actions: Map<string, StepAction>,
  { building, pulls, missingImages }: CreateJobInput,
): void {
  for (const [index, image] of pulls.entries()) {
    actions.set(index === 0 ? 'image-pull' : `image-pull:${image}`, (context) =>
      pullImages(building, [image], context),
    );
  }
  actions.set('images-pull', (context) => pullImages(building, missingImages, context));
  actions.set('manifests-read', async ({ signal }) => {
    building.manifests = await readManifests(building.request.template.spec.manifests, signal);
  });
}

function setNodeActions(actions: Map<string, StepAction>, building: Building, node: PlannedNode): void {
  const set = (kind: string, action: (context: StepContext) => Promise<void>) =>
    actions.set(`${kind}:${node.name}`, action);
  set('node-create', (context) => createNode(building, node, context));
  set('node-boot', (context) => bootWithFiles(building, node, context));
  set('certificates-trust', (context) => trustCertificates(building, node, context));
  set('node-configure', (context) => configureNode(building, node, context));
  set('kubelet-start', (context) => startNode(building, node, context));
  set('images-unpack', (context) => unpackNodeImages(building, node, context));
  set('node-ready', (context) => waitForNode(building, node.name, context));
}
