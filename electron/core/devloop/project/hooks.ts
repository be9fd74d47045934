// Hooks of a configuration as the loop runs them.
import type { Hook, Hooks } from '../../../../shared/model/devloop/hooks';
import type { Source } from './source';

interface HostText {
  command: string[];
  os?: string[] | undefined;
  dir?: string | undefined;
  withChange?: boolean | undefined;
}
interface ItemText {
  host?: HostText | undefined;
  container?: { command: string[]; podName?: string | undefined; containerName?: string | undefined } | undefined;
}
interface HooksText<Item> {
  before?: Item[] | undefined;
  after?: Item[] | undefined;
}

/** Hooks around a build, which all run on this computer. */
export function buildHooksOf(source: Source, hooks: HooksText<HostText> = {}): Hooks {
  const one = (host: HostText): Hook => ({ host: hostOf(source, host) });
  return { before: (hooks.before ?? []).map(one), after: (hooks.after ?? []).map(one) };
}

/** Hooks that run on this computer or in containers. */
export function hooksOf(source: Source, hooks: HooksText<ItemText> = {}): Hooks {
  const one = ({ host, container }: ItemText): Hook[] => {
    if (host) return [{ host: hostOf(source, host) }];
    if (!container) return [];
    const { command, podName, containerName } = container;
    return [{ container: { command, ...(podName && { podName }), ...(containerName && { containerName }) } }];
  };
  return { before: (hooks.before ?? []).flatMap(one), after: (hooks.after ?? []).flatMap(one) };
}

/** The first's, then the others'. */
export function joined(...all: readonly Hooks[]): Hooks {
  return { before: all.flatMap(({ before }) => before), after: all.flatMap(({ after }) => after) };
}

function hostOf(source: Source, { command, os = [], dir, withChange = false }: HostText) {
  return { command, os, dir: source.path(dir ?? '.'), withChange };
}
