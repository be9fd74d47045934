// Errors of dockerode and of the engine, turned into the errors that users meet.
import { AppError, type Hint, isAbort } from '../../../shared/model/errors';
import { TruncatedStreamError } from './json-lines';

interface Rule {
  pattern: RegExp;
  failure(match: RegExpExecArray, text: string): AppError;
}

const diskHint: Hint = {
  text: 'Free some disk space where Docker keeps its data, for example with: docker system prune',
};

const rules: Rule[] = [
  {
    // Docker 20.10 and 28: "Bind for 127.0.0.1:6443 failed: port is already allocated", "listen tcp4 127.0.0.1:6443: bind: address
    // already in use", "failed to bind host port for 127.0.0.1:6443:…: address already in use", Desktop's "Ports are not available: …"
    pattern:
      /(?:Bind for|listen (?:tcp|udp)[46]?|bind host port (?:for )?|exposing port (?:TCP|UDP)) ?(?:\d+(?:\.\d+){3}:|\[[\da-f:]*\]:|[\da-f]*:[\da-f:]*:)?(\d+)\b.*?(?:port is already allocated|address already in use|forbidden by its access permissions)/is,
    failure: (match, detail) =>
      new AppError('port-taken', `Port ${match[1]} is already taken`, {
        params: { port: Number(match[1]) },
        detail,
        hints: [{ text: `Choose another port, or stop what uses port ${match[1]}.` }],
      }),
  },
  {
    pattern: /port is already allocated|address already in use/i,
    failure: (_match, detail) =>
      new AppError('port-taken', 'A port is already taken', {
        detail,
        hints: [{ text: 'Choose another port, or stop what uses it.' }],
      }),
  },
  {
    pattern: /no space left on device|disk quota exceeded/i,
    failure: (_match, detail) =>
      new AppError('out-of-disk', 'The disk of the Docker Engine is full', { detail, hints: [diskHint] }),
  },
  {
    pattern: /too many open files/i,
    failure: (_match, detail) =>
      new AppError('too-many-open-files', 'The Docker Engine ran out of open files or inotify watches', {
        detail,
        hints: [
          {
            text: 'Raise the limits where the engine runs: sysctl fs.inotify.max_user_instances=512 fs.inotify.max_user_watches=524288',
            url: 'https://kind.sigs.k8s.io/docs/user/known-issues/#pod-errors-due-to-too-many-open-files',
          },
        ],
      }),
  },
  {
    pattern: /cannot allocate memory|out of memory/i,
    failure: (_match, detail) =>
      new AppError('out-of-memory', 'The Docker Engine has no memory left', {
        detail,
        hints: [{ text: 'Stop containers or clusters that are not needed, or give Docker more memory.' }],
      }),
  },
  {
    pattern:
      /pool overlaps with other one|networks have overlapping|non-overlapping IPv4 address pool|predefined address pools have been fully subnetted/i,
    failure: (_match, detail) =>
      new AppError('subnet-taken', 'No free subnet for the network', {
        detail,
        hints: [{ text: 'Remove networks that are not needed: docker network prune' }],
      }),
  },
  {
    pattern: /no such image|reference does not exist/i,
    failure: (_match, detail) =>
      new AppError('image-missing', 'The image is not there', {
        detail,
        hints: [{ text: 'Pull the image, or choose another one.' }],
      }),
  },
  {
    pattern: /no such (?:container|network|volume|exec)|(?:network|volume) .* not found/i,
    failure: (_match, detail) => new AppError('not-found', 'Docker does not know it any more', { detail }),
  },
  {
    pattern: /name "?\/?([^"\s]+)"? is already in use|network with name (\S+) already exists/i,
    failure: (match, detail) => {
      const name = match[1] ?? match[2] ?? '';
      return new AppError('name-taken', `The name ${name} is already in use in Docker`, {
        params: { name },
        detail,
        hints: [{ text: `Choose another name, or remove what is called ${name}.` }],
      });
    },
  },
];

/** Codes of Node for a connection that was never there or that went away in the middle. */
const brokenConnection = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EACCES',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/**
 * What an engine call threw, as an AppError: `cancelled`, `engine-unreachable` when the connection broke, a code of its own for
 * what the engine's words tell (port, disk, memory, subnet, name, missing things), else `engine-refused` with those words.
 */
export function engineFailure(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isAbort(error)) return new AppError('cancelled', 'Cancelled', { cause: error });
  const text = engineWords(error);
  if (connectionBroke(error)) {
    return new AppError('engine-unreachable', 'The connection to the Docker Engine broke', {
      detail: text,
      hints: [{ text: 'Check that Docker is running, then try again.' }],
      cause: error,
    });
  }
  for (const rule of rules) {
    const match = rule.pattern.exec(text);
    if (match) return rule.failure(match, text);
  }
  return new AppError('engine-refused', 'The Docker Engine refused', { detail: text, hints: [], cause: error });
}

/** What an aborted signal means to users: its own AppError where it was aborted with one, else `cancelled`. */
export function cancelled(signal: AbortSignal): AppError {
  const reason: unknown = signal.reason;
  return reason instanceof AppError ? reason : new AppError('cancelled', 'Cancelled', { cause: reason });
}

function connectionBroke(error: unknown): boolean {
  if (statusOf(error) !== undefined) return false;
  if (error instanceof TruncatedStreamError) return true;
  const code = (error as { code?: unknown } | undefined)?.code;
  return (typeof code === 'string' && brokenConnection.has(code)) || engineWords(error) === 'socket hang up';
}

/** Runs an engine call; whatever it throws becomes an AppError by `engineFailure`. */
export async function explained<Result>(call: () => Promise<Result>): Promise<Result> {
  try {
    return await call();
  } catch (error) {
    throw engineFailure(error);
  }
}

/** The HTTP status of an error of docker-modem. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | undefined)?.statusCode;
  return typeof status === 'number' ? status : undefined;
}

/** The engine's own words in an error of docker-modem, without what the library puts around them. */
export function engineWords(error: unknown): string {
  const json = (error as { json?: unknown } | undefined)?.json;
  if (typeof json === 'object' && json !== null && 'message' in json && typeof json.message === 'string')
    return json.message;
  const message = error instanceof Error ? error.message : String(error);
  return message.replace(/^\(HTTP code \d+\) .*? - /, '').trim();
}
