// Why an image could not be pulled, in words and with a next step.
import { AppError, type ErrorCode, type Hint } from '../../../shared/model/errors';
import { engineFailure, engineWords } from './failures';

interface Rule {
  pattern: RegExp;
  code: ErrorCode;
  message(reference: string): string;
  hints: Hint[];
}

const spelling: Hint = { text: 'Check the name and the tag for spelling.' };
const login: Hint = { text: 'If the image is private, log in with "docker login" and try again.' };
const proxy: Hint = {
  text: 'Behind a proxy, Docker itself needs to know it.',
  url: 'https://docs.docker.com/engine/daemon/proxy/',
};
const network: Hint = { text: 'Check the network, VPN and DNS of the machine that runs Docker, then try again.' };
const present: Hint = { text: 'An image that is on the engine already needs no registry: choose that one.' };

/** The first rule that fits decides: a name that does not resolve is a network matter, whatever else the words say. */
const rules: Rule[] = [
  {
    pattern: /toomanyrequests|too many requests|rate limit/i,
    code: 'image-pull-failed',
    message: (reference) => `The registry limits how often ${reference} may be pulled`,
    hints: [{ text: 'Log in with "docker login" for a higher limit, or wait an hour.' }, present],
  },
  {
    pattern: /x509:|certificate signed by unknown authority|tls: /i,
    code: 'image-pull-failed',
    message: (reference) => `The certificate of the registry of ${reference} is not trusted`,
    hints: [
      {
        text: 'Add the certificate authority of your company or registry to Docker.',
        url: 'https://docs.docker.com/engine/security/certificates/',
      },
      proxy,
    ],
  },
  {
    pattern: /server gave HTTP response to HTTPS client/i,
    code: 'image-pull-failed',
    message: (reference) => `The registry of ${reference} speaks plain HTTP`,
    hints: [{ text: 'Add the registry to "insecure-registries" in the configuration of Docker, and restart Docker.' }],
  },
  {
    pattern:
      /no such host|name resolution|i\/o timeout|connection refused|connection reset|network is unreachable|no route to host|handshake timeout|Client\.Timeout|deadline exceeded|proxyconnect|lookup .* on |unexpected EOF|: EOF$|bad gateway|service unavailable|\b50[234]\b/i,
    code: 'image-pull-failed',
    message: (reference) => `The registry of ${reference} cannot be reached`,
    hints: [network, proxy, present],
  },
  {
    pattern: /no matching manifest for (\S+)|does not match the specified platform/i,
    code: 'image-missing',
    message: (reference) => `${reference} does not exist for this processor architecture`,
    hints: [{ text: 'Choose an image that is built for this architecture, or for several.' }],
  },
  {
    pattern:
      /manifest unknown|manifest for .* not found|name unknown|repository .*not found|pull access denied|: not found/i,
    code: 'image-missing',
    message: (reference) => `The registry has no image ${reference}, or it is private`,
    hints: [spelling, login],
  },
  {
    pattern: /unauthorized|authentication required|no basic auth credentials|denied|forbidden/i,
    code: 'image-pull-failed',
    message: (reference) => `The registry refuses to hand out ${reference}`,
    hints: [login],
  },
];

/**
 * What a pull threw, as an AppError: `image-missing`, `image-pull-failed`, or what `engineFailure` knows (`cancelled`, `out-of-disk`,
 * `engine-unreachable` …). The engine's words stay in `detail`.
 */
export function pullFailure(error: unknown, reference: string): AppError {
  const failure = engineFailure(error);
  if (failure.code !== 'engine-refused' && failure.code !== 'not-found') return failure;
  const detail = engineWords(error);
  const rule = rules.find(({ pattern }) => pattern.test(detail));
  return new AppError(
    rule?.code ?? 'image-pull-failed',
    rule?.message(reference) ?? `${reference} could not be pulled`,
    {
      params: { reference },
      detail,
      hints: rule?.hints ?? [spelling, network],
      cause: error,
    },
  );
}
