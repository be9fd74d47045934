// Which profiles of a configuration are used: those asked for, and those that what is around them activates.
import type { Profile } from '../../../../shared/model/devloop/project';
import type { Config } from './schema/config';

/** What activations look at. */
export interface Around {
  env: Readonly<Record<string, string | undefined>>;
  /** The context that is deployed to. */
  context?: string | undefined;
}

type Activation = NonNullable<NonNullable<Config['profiles']>[number]['activation']>[number];
type By = NonNullable<Profile['by']>;

/**
 * Names of the profiles to apply, in skaffold's order: activated ones as they stand in the file, then those asked for by name.
 * `-name` keeps one out. Names that are asked for and not there are left out; the caller tells of them.
 */
export function activeProfiles(
  profiles: NonNullable<Config['profiles']>,
  asked: readonly string[],
  around: Around,
  askedBy: By = 'name',
): { name: string; by: By }[] {
  const active: { name: string; by: By }[] = [];
  for (const profile of profiles) {
    const reasons = (profile.activation ?? []).map((activation) => reason(activation, around));
    const met = profile.requiresAllActivations
      ? reasons.length > 0 && reasons.every((found) => found !== undefined)
      : reasons.some((found) => found !== undefined);
    const by = reasons.find((found) => found !== undefined);
    if (met && by) active.push({ name: profile.name, by });
  }
  for (const name of asked) {
    if (name.startsWith('-')) {
      const index = active.findIndex((one) => one.name === name.slice(1));
      if (index >= 0) active.splice(index, 1);
    } else if (!active.some((one) => one.name === name) && profiles.some((profile) => profile.name === name)) {
      active.push({ name, by: askedBy });
    }
  }
  return active;
}

/** What met an activation, or nothing where one of its criteria is not met. skaffold: an empty activation is met. */
function reason({ env, kubeContext, command }: Activation, around: Around): By | undefined {
  if (command && !matches(command, 'dev')) return undefined;
  if (env && !envMatches(env, around.env)) return undefined;
  if (kubeContext && !matches(kubeContext, around.context ?? '')) return undefined;
  if (env) return 'env';
  if (kubeContext) return 'kubeContext';
  return command ? 'command' : 'all';
}

/** `KEY=pattern`; an empty pattern means that the variable is empty or not set. */
function envMatches(criterion: string, env: Around['env']): boolean {
  const at = criterion.indexOf('=');
  if (at < 0) return false;
  const value = env[criterion.slice(0, at)] ?? '';
  const pattern = criterion.slice(at + 1);
  return pattern === '' ? value === '' : matches(pattern, value);
}

/** skaffold: the same, or a regular expression found in it; `!` before it turns it round. */
function matches(pattern: string, value: string): boolean {
  if (pattern.startsWith('!')) return !matches(pattern.slice(1), value);
  if (pattern === value) return true;
  try {
    return new RegExp(pattern).test(value);
  } catch {
    return false;
  }
}
