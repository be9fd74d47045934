// Registries in a configuration of k3d: one to make, others to use, and k3s' own file of mirrors.
import { parse } from 'yaml';
import { z } from 'zod';
import type { NotCarried } from '../../../../shared/model/template/conversion';
import { registrySchema } from '../../../../shared/model/template/registry';
import { notCarried } from '../conversion';
import type { K3dConfig } from './schema';

/** k3s' registries.yaml, as far as templates have it. */
const fileSchema = z.looseObject({
  mirrors: z.record(z.string(), z.looseObject({ endpoint: z.array(z.string()).default([]) })).default({}),
});

export interface Registries {
  registry: { enabled: boolean; mirrors: Record<string, string[]> };
  left: NotCarried[];
}

export function readRegistries({ create, use, config }: K3dConfig['registries']): Registries {
  const { mirrors, left } = readMirrors(config);
  return {
    registry: { enabled: create !== undefined, mirrors },
    left: [
      ...Object.entries(create ?? {}).flatMap(([field, value]) =>
        value === undefined ? [] : [notCarried(`registries.create.${field}`, 'k3d-registry')],
      ),
      ...use.map((name, index) => notCarried(`registries.use[${index}]`, 'k3d-registry-use', { name })),
      ...left,
    ],
  };
}

function readMirrors(text: string | undefined): { mirrors: Record<string, string[]>; left: NotCarried[] } {
  if (text === undefined || text.trim() === '') return { mirrors: {}, left: [] };
  const field = 'registries.config';
  const checked = fileSchema.safeParse(dataIn(text));
  if (!checked.success) return { mirrors: {}, left: [notCarried(field, 'k3d-registry-file')] };
  const mirrors: Record<string, string[]> = {};
  const left = Object.keys(checked.data)
    .filter((key) => key !== 'mirrors')
    .map((key) => notCarried(`${field}: ${key}`, 'k3d-registry-config', { key }));
  for (const [name, { endpoint, ...rest }] of Object.entries(checked.data.mirrors)) {
    const usable = registrySchema.safeParse({ mirrors: { [name]: endpoint } }).success;
    if (usable) mirrors[name] = endpoint;
    else left.push(notCarried(`${field}: mirrors.${name}`, 'k3d-registry-config', { key: name }));
    for (const key of Object.keys(rest)) {
      left.push(notCarried(`${field}: mirrors.${name}.${key}`, 'k3d-registry-config', { key }));
    }
  }
  return { mirrors, left };
}

function dataIn(text: string): unknown {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
