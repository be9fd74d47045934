// How docker gets into registries: credentials of its configuration, inline or through its helper programs, and certificates.
import { execa } from 'execa';
import { z } from 'zod';
import { isAbort } from '../../../shared/model/errors';
import { certificateFolders, dockerCertificates } from './docker-certificates';
import { type DockerConfig, type DockerFiles, dockerDirectory, nodeFiles, readDockerConfig } from './docker-config';

export interface RegistryCredentials {
  /** The value of `X-Registry-Auth` for a registry host; undefined: none are kept, pull as anybody. */
  authFor(registry: string, signal?: AbortSignal): Promise<string | undefined>;
  /** Hosts of the registries for which some are kept, sorted. */
  registries(signal?: AbortSignal): Promise<string[]>;
  /** PEM text of the certificates that docker trusts for a registry on this computer; empty for none. */
  certificatesFor(registry: string): Promise<string>;
}

/** The key under which docker keeps the credentials of Docker Hub. (docker/cli: cli/config/configfile) */
export const hubKey = 'https://index.docker.io/v1/';
const hubHosts = ['docker.io', 'index.docker.io', 'registry-1.docker.io'];
/** Milliseconds: a helper may ask the user to unlock a keychain. */
const helperLimit = 60_000;
/** Where helpers are when the app was not started from a shell. */
const usualDirectories = ['/usr/local/bin', '/opt/homebrew/bin', '/Applications/Docker.app/Contents/Resources/bin'];

const helperAnswerSchema = z.object({ Username: z.string(), Secret: z.string() });
/** Key -> account. (docker-credential-helpers: `list`) */
const helperListSchema = z.record(z.string(), z.string());

export function createRegistryCredentials(options: {
  environment: Readonly<Record<string, string | undefined>>;
  homeDirectory: string;
  log(line: string): void;
  files?: DockerFiles;
}): RegistryCredentials {
  const { environment, homeDirectory, log } = options;

  /** What a helper program prints. */
  async function run(helper: string, verb: 'get' | 'list', input: string, signal: AbortSignal | undefined) {
    const path = [environment.PATH ?? '', ...usualDirectories, `${homeDirectory}/.docker/bin`];
    const { stdout } = await execa(`docker-credential-${helper}`, [verb], {
      input,
      env: { ...environment, PATH: process.platform === 'win32' ? environment.PATH : path.join(':') },
      extendEnv: false,
      timeout: helperLimit,
      ...(signal && { cancelSignal: signal }),
    });
    return stdout;
  }

  /** Undefined when the helper gives nothing that can be used; why stands in the log, without its output: that may hold the secret. */
  async function unlessSilent<Value>(
    helper: string,
    what: string,
    signal: AbortSignal | undefined,
    use: () => Promise<Value>,
  ) {
    if (!isProgram(helper)) return undefined;
    try {
      return await use();
    } catch (error) {
      if (signal?.aborted || isAbort(error)) throw signal?.reason ?? error;
      const code =
        (error as { code?: string }).code ?? (error as { exitCode?: number }).exitCode ?? 'an answer that is none';
      log(`${what}: docker-credential-${helper} gave none (${code})`);
      return undefined;
    }
  }

  function ask(helper: string, key: string, signal: AbortSignal | undefined): Promise<string | undefined> {
    return unlessSilent(helper, `credentials for ${key}`, signal, async () => {
      const { Username, Secret } = helperAnswerSchema.parse(JSON.parse(await run(helper, 'get', key, signal)));
      if (Secret === '') return undefined;
      // Helpers answer `<token>` for what is an identity token and no password.
      return Username === '<token>'
        ? encodeAuth({ identitytoken: Secret, serveraddress: key })
        : encodeAuth({ username: Username, password: Secret, serveraddress: key });
    });
  }

  const read = () => readDockerConfig(options.files ?? nodeFiles, dockerDirectory(environment, homeDirectory));
  return {
    async authFor(registry, signal) {
      const config = await read();
      const { helper, key } = helperFor(config, registry);
      const answer = helper ? await ask(helper, key, signal) : undefined;
      return answer ?? inlineAuth(config, registry);
    },
    async registries(signal) {
      const { credsStore, credHelpers = {}, auths = {} } = await read();
      const listed =
        credsStore &&
        (await unlessSilent(credsStore, 'registries', signal, async () =>
          helperListSchema.parse(JSON.parse(await run(credsStore, 'list', '', signal))),
        ));
      const keys = [...Object.keys(auths), ...Object.keys(credHelpers), ...Object.keys(listed || {})];
      return [...new Set(keys.map(registryOfKey))].sort();
    },
    certificatesFor: (registry) => dockerCertificates(certificateFolders(homeDirectory), registry),
  };
}

function isProgram(helper: string): boolean {
  return /^[\w.-]+$/.test(helper);
}

/** The host that a key of docker's configuration means: `https://index.docker.io/v1/` is `docker.io`. */
export function registryOfKey(key: string): string {
  const host = key.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return hubHosts.includes(host) ? 'docker.io' : host;
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
  const entry = Object.entries(config.auths ?? {}).find(([key]) => registryOfKey(key) === registry);
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
