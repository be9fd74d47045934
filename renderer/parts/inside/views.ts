// The views that one object has. Another one is a line here and a file beside it.
import type { ApiKind } from '../../../shared/model/objects';
import { AboutView } from './about-view';
import type { ObjectView } from './object-view';
import { YamlView } from './yaml-view';

const views: readonly ObjectView[] = [
  { id: 'about', View: AboutView },
  { id: 'yaml', View: YamlView },
];

/** In the order in which they are offered; the first is shown at first. */
export function viewsOf(kind: ApiKind): ObjectView[] {
  return views.filter(({ of }) => of === undefined || of(kind));
}
