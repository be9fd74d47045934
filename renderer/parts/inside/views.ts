// The views that one object has. Another one is a line here and a file beside it.
import type { ApiKind } from '../../../shared/model/objects';
import { targetKindOf } from '../../../shared/model/pod-target';
import { laterInside } from '../later';
import { AboutView } from './about-view';
import type { ObjectView } from './object-view';
import { YamlView } from './yaml-view';

const views: readonly ObjectView[] = [
  { id: 'about', View: AboutView },
  { id: 'logs', of: hasPods, View: laterInside(async () => (await import('./logs/logs-view')).LogsView) },
  { id: 'shell', of: hasShell, View: laterInside(async () => (await import('./shell/shell-view')).ShellView) },
  { id: 'files', of: hasPods, View: laterInside(async () => (await import('./files/files-view')).FilesView) },
  { id: 'forward', of: hasPods, View: laterInside(async () => (await import('./forward-view')).ForwardView) },
  { id: 'yaml', View: YamlView },
];

/** Pods, and what stands behind some. */
function hasPods({ group, resource }: ApiKind): boolean {
  return ['', 'apps', 'batch'].includes(group) && targetKindOf(resource) !== undefined;
}

function hasShell(kind: ApiKind): boolean {
  return hasPods(kind) || (kind.group === '' && kind.resource === 'nodes');
}

/** In the order in which they are offered; the first is shown at first. */
export function viewsOf(kind: ApiKind): ObjectView[] {
  return views.filter(({ of }) => of === undefined || of(kind));
}
