// Credentials for registries, from docker's configuration: inline, or through docker's credential helper programs.
import { execa } from 'execa';
import { z } from 'zod';
import { isAbort } from '../../../shared/model/errors';
import { type DockerConfig, type DockerFiles, dockerDirectory, nodeFiles, readDockerConfig } from './docker-config';

export interface RegistryCredentials {
  /** The value of `X-Registry-Auth` for a registry host; undefined: none are kept, pull as anybody. */
  authFor(registry: string, signal?: AbortSignal): Promise<string | undefined>;
}

/** The key under which docker keeps the credentials of Docker Hub. (docker/cli: cli/config/configfile) */
const hubKey = 'https://index.docker.io/v1/';
/** Milliseconds: a helper may ask the user to unlock a keychain. */
const helperLimit = 60_000;
/** Where helpers are when the app was not started from a shell. */
const usualDirectories = ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin'];

const helperAnswerSchema = z.object({ Username: z.string(), Secret: z.string() });

export function createRegistryCredentials(options: {
  environment: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
  log(line: string): void;
  files?: DockerFiles;
}): RegistryCredentials {
  const { environment, homeDirectory, log } = options;

  async function ask(helper: string, key: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    if (!/^[\w.-]+$/.test(helper)) return undefined;
    try {
      const path = [environment.PATH ?? '', ...usualDirectories, `${homeDirectory}/.docker/bin`];
      const { stdout } = await execa(`docker-credential-${helper}`, ['get'], {
        input: key,
        env: { ...environment, PATH: process.platform === 'win32' ? environment.PATH : path.join(':') },
        extendEnv: false,
        timeout: helperLimit,
        ...(signal && { cancelSignal: signal }),
      });
      const { Username, Secret } = helperAnswerSchema.parse(JSON.parse(stdout));
      if (Secret === '') return undefined;
      // Helpers answer `<token>` for what is an identity token and no password.
      return Username === '<token>'
        ? encodeAuth({ identitytoken: Secret, serveraddress: key })
        : encodeAuth({ username: Username, password: Secret, serveraddress: key });
    } catch (error) {
      if (signal?.aborted || isAbort(error)) throw signal?.reason ?? error;
      // Never the output: it may hold the secret.
      const code =
        (error as { code?: string }).code ?? (error as { exitCode?: number }).exitCode ?? 'an answer that is none';
      log(`credentials for ${key}: docker-credential-${helper} gave none (${code})`);
      return undefined;
    }
  }

  return {
    async authFor(registry, signal) {
      const config = await readDockerConfig(options.files ?? nodeFiles, dockerDirectory(environment, homeDirectory));
      const { helper, key } = helperFor(config, registry);
      const answer = helper ? await ask(helper, key, signal) : undefined;
      return answer ?? inlineAuth(config, registry);
    },
  };
}

/** Which helper is asked, and under which key it knows the registry. */
export function helperFor(config: DockerConfig, registry: string): { helper: string | undefined; key: string } {
  const isHub = registry === 'docker.io';
  const key = isHub ? hubKey : registry;
  const helpers = config.credHelpers ?? {};
  const own = helpers[key] ?? (isHub ? (helpers['docker.io'] ?? helpers['index.docker.io']) : undefined);
  return { helper: own ?? config.credsStore, key };
}

/** Credentials that stand in the configuration itself. */
export function inlineAuth(config: DockerConfig, registry: string): string | undefined {
  const isHub = registry === 'docker.io';
  const entry = Object.entries(config.auths ?? {}).find(([key]) => {
    const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
    return isHub ? ['docker.io', 'index.docker.io', 'registry-1.docker.io'].includes(host) : host === registry;
  });
  if (!entry) return undefined;
  const [serveraddress, { auth, username, password, identitytoken }] = entry;
  if (identitytoken) return encodeAuth({ identitytoken, serveraddress });
  if (username && password) return encodeAuth({ username, password, serveraddress });
  const decoded = Buffer.from(auth ?? '', 'base64')
    .toString('utf8')
    .replace(/\0+$/, '');
  const colon = decoded.indexOf(':');
  if (colon <= 0) return undefined;
  return encodeAuth({ username: decoded.slice(0, colon), password: decoded.slice(colon + 1), serveraddress });
}

/** JSON in the URL alphabet of base64, padded. (Docker Engine API: Authentication) */
function encodeAuth(auth: Record<string, string>): string {
  return Buffer.from(JSON.stringify(auth)).toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
