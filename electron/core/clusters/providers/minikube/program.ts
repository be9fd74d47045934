// minikube's own program, for what the engine alone cannot do to its clusters.
import { access, constants } from 'node:fs/promises';
import { posix, win32 } from 'node:path';
import type { CoreOptions } from '../../../options';

type Computer = Pick<CoreOptions, 'environment' | 'platform'>;

/** The path of `minikube` as the user's shell would find it; undefined when it is not installed. */
export async function findMinikube({ environment, platform }: Computer): Promise<string | undefined> {
  const path = platform === 'win32' ? win32 : posix;
  const file = platform === 'win32' ? 'minikube.exe' : 'minikube';
  const folders = (environment.PATH ?? environment.Path ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    const candidate = path.join(folder, file);
    if (await isExecutable(candidate)) return candidate;
  }
  return undefined;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}
