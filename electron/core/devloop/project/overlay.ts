// Lays a profile over a configuration, node by node, so that every value still knows where it was written.
import { isMap, type YAMLMap } from 'yaml';
import { entry, isBlank, mapAt, pairOf, setEntry } from './documents';
import { buildPlaces } from './schema/build';

/** Keys that a profile has for itself. */
const ownKeys = ['name', 'activation', 'requiresAllActivations', 'patches'];

/** Mappings whose parts a profile replaces one by one; of all others it replaces the whole. skaffold: overlayProfileField. */
const inParts = new Set([
  'build',
  'build.hooks',
  'manifests',
  'manifests.hooks',
  'deploy',
  'deploy.logs',
  'deploy.logs.jsonParse',
  'resourceSelector',
]);

/** Changes `config` (a mapping) to what it is with `profile` over it. What is blank in the profile changes nothing. */
export function overlay(config: YAMLMap, profile: YAMLMap): void {
  lay(config, profile, '');
}

function lay(base: YAMLMap, over: YAMLMap, at: string): void {
  if (at === 'build' && buildPlaces.some((place) => entry(over, place) !== undefined)) {
    for (const place of buildPlaces) setEntry(base, place, undefined);
  }
  for (const pair of [...over.items]) {
    const key = String((pair.key as { value: unknown }).value);
    if (at === '' && ownKeys.includes(key)) continue;
    const path = at ? `${at}.${key}` : key;
    const { value } = pair;
    if (inParts.has(path) && isMap(value)) {
      const below = entry(base, key);
      const copy = isMap(below) ? mapAt(below, below.items) : mapAt(value);
      setEntry(base, key, copy, pairOf(base, key) ?? pair);
      lay(copy, value, path);
    } else if (isMap(value) || !isBlank(value)) {
      setEntry(base, key, value, pair);
    }
  }
}
