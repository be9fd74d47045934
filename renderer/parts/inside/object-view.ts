// What a view of one object is, and what it is given.
import type { ComponentType } from 'react';
import type { ApiKind, ObjectDetail } from '../../../shared/model/objects';

/** Which object is looked at. */
export interface LookedAt {
  context: string;
  kind: ApiKind;
  namespace?: string;
  name: string;
}

export interface ObjectViewProps {
  of: LookedAt;
  detail: ObjectDetail;
  /** The values of a Secret are shown, in every view. */
  reveal: boolean;
  onReveal: (reveal: boolean) => void;
  /** Milliseconds; for ages. */
  now: number;
}

export interface ObjectView {
  /** Its words are `inside.views.<id>`. */
  id: 'about' | 'logs' | 'shell' | 'files' | 'forward' | 'yaml';
  /** Absent: of every kind. */
  of?: (kind: ApiKind) => boolean;
  /** What costs much to load is lazy. */
  View: ComponentType<ObjectViewProps>;
}
