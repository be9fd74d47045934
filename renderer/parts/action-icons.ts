// The picture of each thing that can be done to a cluster: the same in rows, headers and menus.
import {
  IconBellOff,
  IconBellRinging,
  IconEraser,
  IconFileZip,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconPointer,
  IconTrash,
  type TablerIcon,
} from '@tabler/icons-react';
import type { ClusterAction } from './cluster-actions';

export const actionIcons: Partial<Record<ClusterAction, TablerIcon>> = {
  start: IconPlayerPlay,
  resume: IconPlayerPlay,
  pause: IconPlayerPause,
  stop: IconPlayerStop,
  use: IconPointer,
  pauseUntil: IconBellRinging,
  wakeOn: IconBellRinging,
  wakeOff: IconBellOff,
  cleanup: IconEraser,
  logs: IconFileZip,
  delete: IconTrash,
};
