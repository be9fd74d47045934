// minikube's profiles: files that know what the containers' labels do not say.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { CoreOptions } from '../../../options';

const profileSchema = z.object({
  Driver: z.string().optional(),
  APIServerPort: z.number().optional(),
  KubernetesConfig: z.object({ KubernetesVersion: z.string().optional() }).optional(),
  Nodes: z.array(z.object({ Name: z.string().default(''), ControlPlane: z.boolean().optional() })).default([]),
});

export interface Profile {
  name: string;
  kubernetesVersion: string | undefined;
  /** The API server's port inside the nodes. */
  apiPort: number | undefined;
  /** Machines (containers), and whether each is a control plane. */
  machines: ReadonlyMap<string, boolean>;
}

/** minikube 1.38: `$MINIKUBE_HOME`, with `.minikube` at its end if it has not, else `~/.minikube`. */
export function minikubeHome({
  environment,
  homeDirectory,
}: Pick<CoreOptions, 'environment' | 'homeDirectory'>): string {
  const home = environment.MINIKUBE_HOME;
  if (!home) return join(homeDirectory, '.minikube');
  return /(^|[/\\])\.minikube[/\\]?$/.test(home) ? home : join(home, '.minikube');
}

/** The profiles of the docker driver among `names`; those without a file that can be read are left out. */
export async function readProfiles(home: string, names: Iterable<string>): Promise<Profile[]> {
  const read = await Promise.all(
    [...new Set(names)].map(async (name) => {
      const text = await readFile(join(home, 'profiles', name, 'config.json'), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : parseProfile(name, text);
    }),
  );
  return read.filter((profile) => profile !== undefined);
}

/** minikube 1.38: the first machine is named like its profile, others `<profile>-m02`; undefined for what is no such profile. */
export function parseProfile(name: string, text: string): Profile | undefined {
  const { data } = profileSchema.safeParse(jsonOf(text));
  if (!data || (data.Driver && data.Driver !== 'docker')) return undefined;
  const machines = data.Nodes.map(
    ({ Name, ControlPlane }, index) =>
      [index === 0 || Name === '' ? name : `${name}-${Name}`, ControlPlane ?? index === 0] as const,
  );
  return {
    name,
    kubernetesVersion: data.KubernetesConfig?.KubernetesVersion,
    apiPort: data.APIServerPort,
    machines: new Map(machines),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
