// What is told of one object: its conditions, events and YAML, without what is secret or only noise. Pure.
import type { CoreV1Event, KubernetesObject, V1Pod } from '@kubernetes/client-node';
import type { Condition, ObjectDetail, ObjectEvent } from '../../../shared/model/objects';
import { printYaml } from '../kube/yaml';
import { whyNot } from './why';

type Named = { name: string }[];
interface PodSpec {
  containers?: Named;
  initContainers?: Named;
  ephemeralContainers?: Named;
}

/** An object of any kind, as far as it is looked at. */
export interface Thing extends KubernetesObject {
  data?: Record<string, string>;
  stringData?: Record<string, string>;
  spec?: PodSpec & {
    replicas?: number;
    unschedulable?: boolean;
    suspend?: boolean;
    template?: { spec?: PodSpec };
    jobTemplate?: { spec?: { template?: { spec?: PodSpec } } };
  };
  status?: { conditions?: Record<string, unknown>[] };
}

/** kubectl keeps a copy of what was applied: of a Secret, its values too. */
const applied = 'kubectl.kubernetes.io/last-applied-configuration';
export const hidden = '[hidden]';

interface Around {
  events: readonly CoreV1Event[];
  owners: ObjectDetail['owners'];
  reveal: boolean;
  gone: boolean;
}

export function detailOf(object: Thing, { events, owners, reveal, gone }: Around): ObjectDetail {
  const { name = '', namespace, creationTimestamp, labels = {} } = object.metadata ?? {};
  const shown = reveal ? object : withoutValues(object);
  const { [applied]: _, ...annotations } = shown.metadata?.annotations ?? {};
  return {
    name,
    ...(namespace !== undefined && { namespace }),
    kind: object.kind ?? '',
    ...(creationTimestamp && { createdAt: momentOf(creationTimestamp) }),
    labels,
    annotations,
    conditions: (object.status?.conditions ?? []).map(conditionOf),
    why: object.kind === 'Pod' && object.apiVersion === 'v1' ? whyNot(object as unknown as V1Pod) : [],
    containers: containersOf(object),
    owners,
    events: events.map(eventOf).sort((one, other) => (other.at ?? '').localeCompare(one.at ?? '')),
    yaml: printed(shown),
    now: nowOf(object),
    gone,
  };
}

function containersOf({ kind, spec = {} }: Thing): string[] {
  const pod = kind === 'Pod' ? spec : (spec.template ?? spec.jobTemplate?.spec?.template)?.spec;
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod ?? {};
  return [...containers, ...initContainers, ...ephemeralContainers].map(({ name }) => name);
}

function nowOf({ kind, spec = {} }: Thing): ObjectDetail['now'] {
  const { replicas, unschedulable = false, suspend = false } = spec;
  return {
    ...(typeof replicas === 'number' && { replicas }),
    ...(kind === 'Node' && { unschedulable }),
    ...(kind === 'CronJob' && { suspended: suspend }),
  };
}

function withoutValues(object: Thing): Thing {
  if (object.kind !== 'Secret') return object;
  const hide = (values: Record<string, string> | undefined) =>
    values && Object.fromEntries(Object.keys(values).map((key) => [key, hidden]));
  const { annotations, ...metadata } = object.metadata ?? {};
  const kept = Object.fromEntries(Object.entries(annotations ?? {}).filter(([key]) => key !== applied));
  return {
    ...object,
    metadata: { ...metadata, annotations: kept },
    ...(object.data && { data: hide(object.data) ?? {} }),
    ...(object.stringData && { stringData: hide(object.stringData) ?? {} }),
  };
}

/** As YAML that can be edited and given back. */
export function printed(object: KubernetesObject): string {
  return printYaml(withoutNoise(object));
}

/** Several kilobytes that nobody reads. */
function withoutNoise(object: KubernetesObject): KubernetesObject {
  const { managedFields: _, ...metadata } = object.metadata ?? {};
  return { ...object, metadata };
}

function conditionOf(given: Record<string, unknown>): Condition {
  const text = (key: string) => (typeof given[key] === 'string' && given[key] !== '' ? String(given[key]) : undefined);
  const [reason, message, at] = [text('reason'), text('message'), text('lastTransitionTime')];
  return {
    type: String(given.type),
    status: String(given.status),
    ...(reason && { reason }),
    ...(message && { message }),
    ...(at && { at }),
  };
}

function eventOf({
  type,
  reason,
  message,
  count,
  lastTimestamp,
  eventTime,
  source,
  ...rest
}: CoreV1Event): ObjectEvent {
  const at = lastTimestamp ?? eventTime;
  const from = source?.component ?? rest.reportingComponent;
  return {
    type: type ?? 'Normal',
    reason: reason ?? '',
    message: message ?? '',
    count: count ?? 1,
    ...(at && { at: momentOf(at) }),
    ...(from && { from }),
  };
}

/** Objects that were not read by the library have moments as texts. */
function momentOf(moment: Date | string): string {
  return typeof moment === 'string' ? moment : moment.toISOString();
}
