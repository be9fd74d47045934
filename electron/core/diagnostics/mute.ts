// Which findings the user does not want to be told of any more: remembered in the settings.
import type { SettingsStore } from '../settings/settings';

/** As many as the settings take; what was muted first is forgotten first. */
const limit = 500;

/** Remembers it. Throws what the settings throw. */
export async function muteCheck(
  settings: Pick<SettingsStore, 'get' | 'set'>,
  { id, muted }: { id: string; muted: boolean },
): Promise<void> {
  const others = settings.get().mutedChecks.filter((each) => each !== id);
  await settings.set({ mutedChecks: muted ? [...others, id].slice(-limit) : others });
}
