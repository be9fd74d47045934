// The contract's calls, each handed to the room that does it.
import { accessCalls } from './calls/access';
import { actionsCalls } from './calls/actions';
import { cachesCalls } from './calls/caches';
import { clustersCalls } from './calls/clusters';
import { dashboardCalls } from './calls/dashboard';
import { devloopCalls } from './calls/devloop';
import { diagnosticsCalls } from './calls/diagnostics';
import { diskCalls } from './calls/disk';
import { forwardsCalls } from './calls/forwards';
import { imagesCalls } from './calls/images';
import { kubeconfigCalls } from './calls/kubeconfig';
import { loopsCalls } from './calls/loops';
import { manifestsCalls } from './calls/manifests';
import { metricsCalls } from './calls/metrics';
import { objectsCalls } from './calls/objects';
import { operationsCalls } from './calls/operations';
import { podExecCalls } from './calls/pod-exec';
import { podFilesCalls } from './calls/pod-files';
import { podLogsCalls } from './calls/pod-logs';
import { recorderCalls } from './calls/recorder';
import { registryCalls } from './calls/registry';
import { settingsCalls } from './calls/settings';
import { templatesCalls } from './calls/templates';
import { versionsCalls } from './calls/versions';
import { wiringOf } from './calls/wiring';
import type { Parts } from './parts';

/** The router that every front serves or calls. */
export function createRouter(parts: Parts) {
  const wiring = wiringOf(parts);
  return wiring.api.router({
    access: accessCalls(wiring),
    actions: actionsCalls(wiring),
    caches: cachesCalls(wiring),
    clusters: clustersCalls(wiring),
    dashboard: dashboardCalls(wiring),
    devloop: devloopCalls(wiring),
    diagnostics: diagnosticsCalls(wiring),
    disk: diskCalls(wiring),
    images: imagesCalls(wiring),
    kubeconfig: kubeconfigCalls(wiring),
    loops: loopsCalls(wiring),
    manifests: manifestsCalls(wiring),
    metrics: metricsCalls(wiring),
    objects: objectsCalls(wiring),
    operations: operationsCalls(wiring),
    forwards: forwardsCalls(wiring),
    podExec: podExecCalls(wiring),
    podFiles: podFilesCalls(wiring),
    podLogs: podLogsCalls(wiring),
    recorder: recorderCalls(wiring),
    registry: registryCalls(wiring),
    settings: settingsCalls(wiring),
    templates: templatesCalls(wiring),
    versions: versionsCalls(wiring),
  });
}
