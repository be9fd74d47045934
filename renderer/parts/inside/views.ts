// The views that one object has. Another one is a line here and a file beside it.
import { lazy } from 'react';
import type { ApiKind } from '../../../shared/model/objects';
import { targetKindOf } from '../../../shared/model/pod-target';
import { AboutView } from './about-view';
import type { ObjectView } from './object-view';
import { YamlView } from './yaml-view';

const views: readonly ObjectView[] = [
  { id: 'about', View: AboutView },
  { id: 'logs', of: hasPods, View: lazy(() => import('./logs/logs-view')) },
  { id: 'shell', of: hasPods, View: lazy(() => import('./shell/shell-view')) },
  { id: 'files', of: hasPods, View: lazy(() => import('./files/files-view')) },
  { id: 'forward', of: hasPods, View: lazy(() => import('./forward-view')) },
  { id: 'yaml', View: YamlView },
];

/** Pods, and what stands behind some. */
function hasPods({ group, resource }: ApiKind): boolean {
  return ['', 'apps', 'batch'].includes(group) && targetKindOf(resource) !== undefined;
}

/** In the order in which they are offered; the first is shown at first. */
export function viewsOf(kind: ApiKind): ObjectView[] {
  return views.filter(({ of }) => of === undefined || of(kind));
}
