// What the plan of a create is made from, and how its parts take their steps into it.
import type { StepKind } from '../../../../shared/model/operation';
import type { TemplateSpec } from '../../../../shared/model/template/spec';
import type { PlannedNode } from '../providers/kubeadm/nodes';

export interface CreatePlanInput {
  name: string;
  nodes: readonly PlannedNode[];
  image: string;
  /** Node images that must be pulled first. */
  pulls: readonly string[];
  /** Of the template's images those that the engine does not have. */
  missingImages: readonly string[];
  /** Upstreams that the engine has caches of. */
  caches: readonly string[];
  spec: TemplateSpec;
  /** The controller manager is started in two stages (see control-plane.ts). */
  twoStages: boolean;
  /** Kubelets take so long to start that those of workers do so while the API server does (see control-plane.ts). */
  slowKubelets: boolean;
}

interface Step {
  kind: StepKind;
  /** `engine`, `cluster` or a node's name. */
  lane: string;
  /** What tells it from others of its kind; a node's name where it is left out. */
  of?: string;
  title: string;
  after: readonly string[];
  command?: string;
}

/** Takes a step into the plan and returns its id: its kind, and behind a colon what it is of. */
export type AddStep = (step: Step) => string;
