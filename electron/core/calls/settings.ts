// The calls about settings.
import { type Settings, settingsSchema } from '../../../shared/model/settings';
import { exportSettings, importSettings } from '../settings/exchange';
import type { Wiring } from './wiring';

export function settingsCalls({ api: { settings: api }, lasting, parts: { options, settings, connection } }: Wiring) {
  /** Another engine in the settings is looked for at once. */
  const changed = async (change: () => Promise<Settings>) => {
    const before = settings.get().engineHost;
    const after = await change();
    if (after.engineHost !== before) connection.reconnect();
    return after;
  };

  return api.router({
    get: api.get.handler(() => settings.get()),
    set: api.set.handler(({ input }) => changed(() => settings.set(input as Partial<Settings>))),
    watch: api.watch.handler(({ signal }) => settings.watch(lasting(signal))),
    reset: api.reset.handler(() => changed(() => settings.replace(settingsSchema.parse({})))),
    export: api.export.handler(() => ({ json: exportSettings(settings.get()) })),
    import: api.import.handler(({ input }) => changed(() => settings.replace(importSettings(input.json)))),
    about: api.about.handler(() => {
      const { version, shell, restartedAt } = options;
      return { version, shell, ...(restartedAt !== undefined && { restartedAt }) };
    }),
  });
}
