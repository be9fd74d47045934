// The settings as they are, and changing some of them: what a control shows is what the core says.
import { useStore } from 'zustand';
import type { Settings } from '../../../shared/model/settings';
import { useCall } from '../../parts/use-call';
import { useStores } from '../../stores/app-context';

export function useSettings() {
  const stores = useStores();
  const settings = useStore(stores.settings);
  const { running, run } = useCall();
  const change = (fields: Partial<Settings>) => run(() => stores.changeSettings(fields));
  return { settings, running, change };
}
