// Applies the profiles that are used to a configuration: their sections over its own, then their patches.
import { isMap, isSeq } from 'yaml';
import type { ReadConfig } from './config-file';
import { entry } from './documents';
import { overlay } from './overlay';
import { applyPatch } from './patch';
import { say } from './reader-words';

/** Changes the configuration in place. False, and told of, where a patch leads to nothing. */
export function applyProfiles({ source, contents, config }: ReadConfig, names: readonly string[]): boolean {
  const profiles = entry(contents, 'profiles');
  if (!isSeq(profiles)) return true;
  for (const name of names) {
    const index = (config.profiles ?? []).findIndex((profile) => profile.name === name);
    const profile = profiles.items[index];
    if (!isMap(profile)) continue;
    overlay(contents, profile);
    for (const [nth, patch] of (config.profiles?.[index]?.patches ?? []).entries()) {
      const patches = entry(profile, 'patches');
      const value = isSeq(patches) ? entry(patches.items[nth], 'value') : undefined;
      const why = applyPatch(contents, { op: patch.op ?? 'replace', path: patch.path, from: patch.from, value });
      if (!why) continue;
      source.problem(['profiles', index, 'patches', nth, 'path'], say('patch-fails', { why }));
      return false;
    }
  }
  return true;
}
