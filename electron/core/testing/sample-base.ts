// For tests of the samples: a base image with Python and Node as this computer has them, where no registry gives the real ones.
import { existsSync, readdirSync } from 'node:fs';
import { execa } from 'execa';

/** Undefined where this computer has no Python of its system. */
function pythonHere(): string | undefined {
  const name = existsSync('/usr/bin') ? readdirSync('/usr/bin').find((one) => /^python3\.\d+$/.test(one)) : undefined;
  return name !== undefined && existsSync(`/usr/lib/${name}`) ? name : undefined;
}

/** Makes the image on the engine of an environment and returns whether it could; `DOCKER_HOST` says which engine that is. */
export async function makeSampleBase(reference: string, environment: NodeJS.ProcessEnv): Promise<boolean> {
  const python = pythonHere();
  if (process.platform !== 'linux' || python === undefined) return false;
  const programs = [process.execPath, `/usr/bin/${python}`];
  const { stdout } = await execa('ldd', programs);
  const libraries = [...new Set(stdout.match(/\/\S+\.so[.\d]*/g) ?? [])];
  const left = ['__pycache__', 'test', 'tests', 'idlelib', 'ensurepip'].map((one) => `--exclude=${one}`);
  const options = { env: environment, extendEnv: false, buffer: false } as const;
  const packing = execa('tar', ['-C', '/', '-chP', ...left, ...programs, ...libraries, `/usr/lib/${python}`], options);
  await Promise.all([packing, packing.pipe('docker', ['import', '-', `${reference}-parts`], options)]);
  const dockerfile = `FROM testbed/busybox:1
COPY --from=${reference}-parts / /
ENV PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin
RUN ln -sf ${python} /usr/bin/python3 && (command -v node || ln -s ${process.execPath} /usr/bin/node)
`;
  await execa('docker', ['build', '-q', '-t', reference, '-'], { ...options, buffer: true, input: dockerfile });
  return true;
}
