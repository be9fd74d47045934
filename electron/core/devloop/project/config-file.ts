// One file of a project: its configurations, each checked against the schema of the version that it names.
import { readFile } from 'node:fs/promises';
import { isMap, isScalar, type YAMLMap } from 'yaml';
import type { z } from 'zod';
import type { ProjectProblem } from '../../../../shared/model/devloop/place';
import { nodeAt, type Path } from '../../templates/places';
import { problemsOf } from '../../templates/problems';
import { asGoReads, entry, readDocuments } from './documents';
import type { Environment } from './environment';
import { say } from './reader-words';
import { type Config, config as configSchema, oldConfig } from './schema/config';
import { type Findings, placeIn, Source } from './source';
import { upgrade } from './upgrade';
import { isFirstGeneration, newestVersion, whyUnread } from './versions';

/** A configuration that its schema accepts, profiles not applied. */
export interface ReadConfig {
  source: Source;
  /** The mapping that profiles are laid over. */
  contents: YAMLMap;
  firstGeneration: boolean;
  /** Heads and profiles are alike in all versions; the rest is the newest's only after `finished`. */
  config: Config;
}

/** Characters of the longest file that is read. */
const longestFile = 1_000_000;

/** The configurations of a file; what is wrong with them goes to `around`. Throws what reading the file throws. */
export async function readConfigs(file: string, around: Findings & { env: Environment }): Promise<ReadConfig[]> {
  return configsIn(file, await readFile(file, 'utf8'), around);
}

/** The same for a text that is, or is to be, in `file`. */
export function configsIn(file: string, text: string, around: Findings & { env: Environment }): ReadConfig[] {
  const tell = (said: Pick<ProjectProblem, 'message' | 'code' | 'params'>, place = { file, line: 1, column: 1 }) =>
    around.problems.push({ ...place, severity: 'error', ...said, path: '' });
  if (text.length > longestFile) {
    tell(say('file-long', { length: text.length, most: longestFile }));
    return [];
  }
  const { lines, documents, problems } = readDocuments(text);
  for (const { from, path: _none, ...said } of problems) tell(said, placeIn(file, lines, from));
  if (documents.length === 0 && problems.length === 0) tell(say('file-empty', { version: newestVersion }));
  return documents.flatMap((document) => {
    const source = new Source(file, document, lines, around);
    const read = checked(source);
    return read ?? [];
  });
}

function checked(source: Source): ReadConfig | undefined {
  const { contents } = source.document;
  if (!isMap(contents)) {
    source.problem([], say('no-mapping', { version: newestVersion }));
    return undefined;
  }
  const version = entry(contents, 'apiVersion');
  if (!isScalar(version)) {
    source.problem([], say('no-version', { version: newestVersion }));
    return undefined;
  }
  version.value = String(version.value).trim();
  const why = whyUnread(String(version.value));
  if (why) {
    source.problem(['apiVersion'], why);
    return undefined;
  }
  const firstGeneration = isFirstGeneration(String(version.value));
  const config = parsed(source, firstGeneration ? oldConfig : configSchema);
  return config && { source, contents, firstGeneration, config };
}

/**
 * The configuration as the newest schema has it, after its profiles were applied. Nothing where they, or the upgrade, made
 * something of it that the schema refuses.
 */
export function finished({ source, contents, firstGeneration }: ReadConfig): Config | undefined {
  if (!firstGeneration) return parsed(source, configSchema);
  if (!parsed(source, oldConfig)) return undefined;
  upgrade(contents);
  return parsed(source, configSchema);
}

function parsed(source: Source, schema: z.ZodType): Config | undefined {
  const { document } = source;
  asGoReads(document, schema);
  const { success, data, error } = schema.safeParse(document.toJS({ maxAliasCount: 0 }));
  // The two schemas are alike in what is read before `finished`.
  if (success) return data as Config;
  for (const { path, from, message, code, params } of problemsOf(error.issues, document, schema)) {
    const said = { message, ...(code !== undefined && { code }), ...(params && { params }) };
    source.problem(path, said, 'error', isKey(source, path, from) ? 'key' : undefined);
  }
  return undefined;
}

/** Whether a problem was found at a key rather than its value. */
function isKey(source: Source, path: Path, from: number): boolean {
  return nodeAt(source.document, path)?.range?.[0] !== from;
}
