// Why an engine cannot be reached, in words and with a next step.
import type { EngineEndpoint } from '../../../shared/model/engine';
import { AppError, type Hint } from '../../../shared/model/errors';

const install: Hint = { text: 'Install Docker if it is not there.', url: 'https://docs.docker.com/engine/install/' };
const start: Hint = { text: 'Start Docker: open Docker Desktop, or run "sudo systemctl start docker".' };

/** What a failed try to connect threw, as an AppError: `engine-unreachable` unless it is one already. */
export function unreachable(error: unknown, endpoint: EngineEndpoint | undefined): AppError {
  if (error instanceof AppError && error.code !== 'engine-unreachable') return error;
  const host = endpoint?.host ?? 'the configured endpoint';
  const detail = detailOf(error);
  const { message, hints } = explain(codeOf(error), detail, host);
  return new AppError('engine-unreachable', message, {
    params: { host },
    detail,
    hints: [...hints, ...choiceHint(endpoint)],
    cause: error,
  });
}

function explain(code: string, detail: string, host: string): { message: string; hints: Hint[] } {
  if (host.startsWith('ssh:') || code === 'ESSH') {
    return {
      message: `Docker at ${host} cannot be reached over ssh`,
      hints: [
        {
          text: `Check that this works in a terminal without a question: ssh ${host.replace(/^ssh:\/\//, '')} docker version`,
        },
      ],
    };
  }
  if (
    /^(CERT|ERR_TLS|ERR_SSL|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO|EPROTO)/.test(code) ||
    /certificate|\bTLS\b|\bSSL\b/i.test(detail)
  ) {
    return {
      message: `The secure connection to ${host} failed`,
      hints: [
        {
          text: 'Check the certificates (DOCKER_CERT_PATH, or the TLS material of the Docker context) and the host name in them.',
        },
      ],
    };
  }
  switch (code) {
    case 'ENOENT':
      return {
        message: `There is no Docker Engine at ${host}: it is not installed or not running`,
        hints: [start, install],
      };
    case 'EACCES':
    case 'EPERM':
      return {
        message: `You may not use the Docker Engine at ${host}`,
        hints: [
          { text: 'Add yourself to the group docker: sudo usermod -aG docker "$USER", then log out and in again.' },
        ],
      };
    case 'ECONNREFUSED':
      return { message: `Nothing answers at ${host}: Docker is not running`, hints: [start] };
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return {
        message: `The host name in ${host} is not known`,
        hints: [{ text: 'Check the host name and your network.' }],
      };
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'TimeoutError':
      return {
        message: `${host} did not answer in time`,
        hints: [{ text: 'Check your network or VPN, and that Docker is not hung.' }],
      };
    default:
      return { message: `The connection to the Docker Engine at ${host} failed`, hints: [start] };
  }
}

function choiceHint(endpoint: EngineEndpoint | undefined): Hint[] {
  switch (endpoint?.source) {
    case 'setting':
      return [{ text: 'The address comes from the settings: change it there.' }];
    case 'DOCKER_HOST':
      return [{ text: 'The address comes from the variable DOCKER_HOST.' }];
    case 'DOCKER_CONTEXT':
    case 'context':
      return [
        {
          text: `The address comes from the Docker context "${endpoint.context}"; "docker context use" chooses another.`,
        },
      ];
    default:
      return [];
  }
}

/** The code that says most: a time limit hides behind the abort that it caused, the cause of an AppError behind it. */
function codeOf(error: unknown): string {
  const chain: Error[] = [];
  for (let inner: unknown = error; inner instanceof Error && chain.length < 5; inner = inner.cause) chain.push(inner);
  if (chain.some((inner) => inner.name === 'TimeoutError')) return 'TimeoutError';
  const codes = chain.map((inner) => (inner instanceof AppError ? undefined : (inner as NodeJS.ErrnoException).code));
  return codes.find((code) => typeof code === 'string') ?? '';
}

function detailOf(error: unknown): string {
  if (error instanceof AppError) return error.detail ?? error.message;
  return error instanceof Error ? error.message : String(error);
}
