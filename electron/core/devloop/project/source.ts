// One configuration of a file while it is read: where each of its values stands, and what was found wrong with it.
import { dirname, isAbsolute, join } from 'node:path';
import type { Document, LineCounter } from 'yaml';
import type { FilePlace, ProjectProblem, Unsupported } from '../../../../shared/model/devloop/place';
import { keyPlace, nodeAt, type Path, placeOf } from '../../templates/places';
import { nameOf } from '../../templates/problems';
import type { ConfigDocument } from './documents';
import type { Environment } from './environment';
import { fillTemplate, isLate } from './go-template';
import { say } from './reader-words';
import { meaningOf, type UnsupportedCode } from './unsupported';

/** What reading finds, gathered over all files of a project. */
export interface Findings {
  problems: ProjectProblem[];
  unsupported: Unsupported[];
}

export class Source {
  readonly file: string;
  readonly dir: string;
  readonly document: Document;
  readonly #origins: ConfigDocument['origins'];
  readonly #lines: LineCounter;
  readonly #env: Environment;
  readonly #findings: Findings;

  constructor(
    file: string,
    { document, origins }: ConfigDocument,
    lines: LineCounter,
    { env, ...findings }: Findings & { env: Environment },
  ) {
    this.file = file;
    this.dir = dirname(file);
    this.document = document;
    this.#origins = origins;
    this.#lines = lines;
    this.#env = env;
    this.#findings = findings;
  }

  /** Where the value at a path stands; for what is not there, the nearest thing around it. */
  at(path: Path, which: 'value' | 'key' = 'value'): FilePlace {
    const place = which === 'key' ? keyPlace(this.document, path) : placeOf(this.document, path);
    return placeIn(this.file, this.#lines, place.from);
  }

  /** The keys that lead to a value in the file as it is written, the profile first where one says it. */
  written(path: Path): Path {
    for (let length = path.length; length > 0; length -= 1) {
      const origin = this.#origins.get(nodeAt(this.document, path.slice(0, length)));
      if (origin) return [...origin, ...path.slice(length)];
    }
    return path;
  }

  problem(
    path: Path,
    said: Pick<ProjectProblem, 'message' | 'code' | 'params'>,
    severity: ProjectProblem['severity'] = 'error',
    which?: 'key',
  ): void {
    this.#findings.problems.push({ ...this.at(path, which), severity, ...said, path: nameOf(this.written(path)) });
  }

  unsupported(path: Path, code: UnsupportedCode, params?: Record<string, string>): void {
    const field = String([...path].reverse().find((step) => typeof step === 'string') ?? '');
    const place = this.at(path, typeof path.at(-1) === 'string' ? 'key' : 'value');
    const said = { path: nameOf(this.written(path)), field, code, ...meaningOf(code, params) };
    this.#findings.unsupported.push({ ...place, ...said, ...(params && { params }) });
  }

  /** An absolute path for one that is written relative to the file. */
  path(written: string): string {
    return isAbsolute(written) ? written : join(this.dir, written);
  }

  /**
   * A text with what the environment knows filled in. What only a build knows is left where `late` allows it; of all else that is
   * missing it is told.
   */
  fill(path: Path, written: string, late: 'late' | 'now' = 'now'): string {
    const { text, missing, unread } = fillTemplate(written, this.#env);
    const unknown = missing.filter((name) => late === 'now' || !isLate(name));
    for (const name of new Set(unknown)) {
      this.problem(path, say('not-filled', { template: `{{.${name}}}`, name }), 'warning');
    }
    for (const inner of new Set(unread)) this.unsupported(path, 'template', { template: `{{${inner}}}` });
    return text;
  }
}

/** A place of a text, by line and column. */
export function placeIn(file: string, lines: LineCounter, from: number): FilePlace {
  const { line, col } = lines.linePos(from);
  return { file, line: Math.max(1, line), column: Math.max(1, col) };
}
