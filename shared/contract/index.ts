// The whole contract between the core and its fronts.
import type { ContractRouterClient } from '@orpc/contract';
import { access } from './access';
import { actions } from './actions';
import { caches } from './caches';
import { clusters } from './clusters';
import { dashboard } from './dashboard';
import { devloop } from './devloop';
import { diagnostics } from './diagnostics';
import { disk } from './disk';
import { forwards } from './forwards';
import { images } from './images';
import { kubeconfig } from './kubeconfig';
import { loops } from './loops';
import { manifests } from './manifests';
import { metrics } from './metrics';
import { objects } from './objects';
import { operations } from './operations';
import { podFiles } from './pod-files';
import { podLogs } from './pod-logs';
import { podExec } from './podexec';
import { recorder } from './recorder';
import { registry } from './registry';
import { settings } from './settings';
import { templates } from './templates';
import { versions } from './versions';

export const contract = {
  access,
  actions,
  caches,
  clusters,
  dashboard,
  devloop,
  diagnostics,
  disk,
  forwards,
  images,
  kubeconfig,
  loops,
  manifests,
  metrics,
  objects,
  operations,
  podExec,
  podFiles,
  podLogs,
  recorder,
  registry,
  settings,
  templates,
  versions,
};

/** What a front holds: the same calls, whether they go through a socket, a port or straight into the core. */
export type Client = ContractRouterClient<typeof contract>;
