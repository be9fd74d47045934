// What of its folder and of other images a Dockerfile needs for one of its stages: everything else may change without a build. Pure.
import { posix } from 'node:path';
import { AppError } from '../../../../shared/model/errors';
import { type Dockerfile, dockerfileError, type Instruction } from './dockerfile';
import { expandText, expandWords, type Variables } from './expand';

/** Files that an instruction takes from the context. */
export interface Copy {
  /** Relative to the context, with slashes; `.` is all of it; may have wildcards of Go's `filepath.Match`. */
  readonly sources: readonly string[];
  /** As it is in the image: absolute; ends with a slash where it can only be a folder. Undefined where what it is cannot be told. */
  readonly destination: string | undefined;
  readonly line: number;
  /** Whether it is in the stage that becomes the image, not in one that it is made from. */
  readonly inTarget: boolean;
  readonly kind: 'COPY' | 'ADD' | 'RUN';
}

export interface Needs {
  readonly copies: readonly Copy[];
  /** All sources, each once. */
  readonly sources: readonly string[];
  /** References of the images that stages are made from or copied from. */
  readonly images: readonly string[];
  /** Set in the stage that becomes the image when it ends; undefined where it depends on the base image. */
  readonly workdir: string | undefined;
}

export interface BuildChoice {
  readonly target?: string | undefined;
  readonly buildArgs?: Readonly<Record<string, string | null | undefined>> | undefined;
  /** `linux/arm64/v8`; that of the computer where there is none. */
  readonly platform?: string | undefined;
}

interface Stage {
  readonly from: string;
  readonly name: string;
  readonly platform: string;
  readonly instructions: readonly Instruction[];
  readonly line: number;
}

/** Throws `bad-input` with a line for a Dockerfile that cannot be built, `not-found` for a target that it has not. */
export function needsOf(file: Dockerfile, choice: BuildChoice = {}): Needs {
  const { stages, globals } = stagesOf(file, choice);
  const wanted = targetOf(stages, choice.target);
  const seen = new Set<number>();
  const copies: Copy[] = [];
  const images = new Set<string>();
  const depths = new Map<number, { variables: Variables; workdir: string | undefined }>();

  const visit = (index: number, inTarget: boolean): { variables: Variables; workdir: string | undefined } => {
    const known = depths.get(index);
    if (known) return known;
    seen.add(index);
    const stage = stages[index] as Stage;
    const base = stages.slice(0, index).findLastIndex(({ name }) => name !== '' && name === stage.from.toLowerCase());
    if (base < 0 && stage.from !== 'scratch') images.add(stage.from);
    const inherited =
      base >= 0 ? visit(base, inTarget) : { variables: new Map(), workdir: stage.from === 'scratch' ? '/' : undefined };
    const refer = (from: string) => {
      const at = stageIndex(stages, index, from);
      if (at === undefined) images.add(from);
      else visit(at, false);
    };
    const ended = walk({ stage, inherited, globals, choice, escaping: file.escaping, inTarget }, copies, refer);
    depths.set(index, ended);
    return ended;
  };
  const { workdir } = visit(wanted, true);
  const sources = [...new Set(copies.flatMap((copy) => copy.sources))];
  return { copies, sources: sources.includes('.') ? ['.'] : sources, images: [...images], workdir };
}

function stagesOf(file: Dockerfile, choice: BuildChoice): { stages: Stage[]; globals: Map<string, string> } {
  const globals = new Map(platformVariables(choice.platform));
  const stages: (Stage & { instructions: Instruction[] })[] = [];
  for (const instruction of file.instructions) {
    const current = stages.at(-1);
    if (instruction.keyword === 'FROM') {
      const words = at(instruction, () => expandWords(instruction.rest, globals, file.escaping).words);
      const [from = '', as, name = ''] = words;
      if (from === '' || (words.length !== 1 && !(words.length === 3 && as?.toLowerCase() === 'as'))) {
        throw dockerfileError(instruction.line, 'FROM takes an image, or an image AS a name');
      }
      const platform = flag(instruction, 'platform');
      const asked = platform === undefined ? '' : at(instruction, () => expandText(platform, globals).text);
      stages.push({ from, name: name.toLowerCase(), platform: asked, instructions: [], line: instruction.line });
    } else if (current) current.instructions.push(instruction);
    else if (instruction.keyword === 'ARG') declare(instruction, globals, globals, choice, file.escaping);
    else throw dockerfileError(instruction.line, `${instruction.keyword} comes before the first FROM`);
  }
  if (stages.length === 0) throw dockerfileError(1, 'there is no FROM');
  return { stages, globals };
}

function targetOf(stages: readonly Stage[], target: string | undefined): number {
  if (target === undefined || target === '') return stages.length - 1;
  const named = stages.findIndex(({ name }) => name === target.toLowerCase());
  if (named >= 0) return named;
  if (/^\d+$/.test(target) && Number(target) < stages.length) return Number(target);
  const names = stages.flatMap(({ name }) => (name ? [name] : []));
  throw new AppError('not-found', `The Dockerfile has no stage ${target}`, {
    params: { what: target },
    hints: [{ text: names.length > 0 ? `Its stages: ${names.join(', ')}` : 'None of its stages has a name.' }],
  });
}

/** The stage that `--from` means; undefined for an image. */
function stageIndex(stages: readonly Stage[], before: number, from: string): number | undefined {
  const named = stages.slice(0, before).findLastIndex(({ name }) => name === from.toLowerCase());
  if (named >= 0) return named;
  return /^\d+$/.test(from) && Number(from) < before ? Number(from) : undefined;
}

interface Walk {
  readonly stage: Stage;
  readonly inherited: { variables: Variables; workdir: string | undefined };
  readonly globals: Variables;
  readonly choice: BuildChoice;
  readonly escaping: string;
  readonly inTarget: boolean;
}

function walk(
  { stage, inherited, globals, choice, escaping, inTarget }: Walk,
  copies: Copy[],
  refer: (from: string) => void,
) {
  const variables = new Map(inherited.variables);
  /** ENV wins over ARG, whichever comes first. */
  const environment = new Set(inherited.variables.keys());
  let { workdir } = inherited;
  for (const instruction of stage.instructions) {
    const { keyword, rest, line } = instruction;
    if (keyword === 'ARG') declare(instruction, variables, globals, choice, escaping, environment);
    else if (keyword === 'ENV') {
      for (const [name, value] of pairs(instruction, variables, escaping)) {
        variables.set(name, value);
        environment.add(name);
      }
    } else if (keyword === 'WORKDIR') {
      const { text, unknown } = at(instruction, () => expandText(rest, variables, escaping));
      const clear = unknown.length === 0 && (text.startsWith('/') || workdir !== undefined);
      workdir = clear ? posix.resolve(workdir ?? '/', text) : undefined;
    } else if (keyword === 'COPY' || keyword === 'ADD') {
      const from = flag(instruction, 'from');
      if (from !== undefined) refer(at(instruction, () => expandText(from, variables, escaping).text));
      else {
        const copy = copyOf(instruction, variables, escaping, workdir);
        if (copy.sources.length > 0) copies.push({ ...copy, line, inTarget, kind: keyword });
      }
    } else if (keyword === 'RUN') {
      for (const mount of instruction.flags.filter(([name]) => name === 'mount').map(([, value]) => value)) {
        const options = new Map(mount.split(',').map((part) => part.split('=', 2) as [string, string]));
        const type = options.get('type') ?? 'bind';
        const from = options.get('from');
        if (from !== undefined) refer(at(instruction, () => expandText(from, variables, escaping).text));
        else if (type === 'bind') {
          const source = options.get('source') ?? options.get('src') ?? '.';
          const { text, unknown } = at(instruction, () => expandText(source, variables, escaping));
          copies.push({
            sources: [unknown.length > 0 ? '.' : inContext(text)],
            destination: undefined,
            line,
            inTarget,
            kind: 'RUN',
          });
        }
      }
    }
  }
  // Of an ARG nothing is left to stages made from this one.
  return { variables: new Map([...variables].filter(([name]) => environment.has(name))), workdir };
}

function copyOf(
  instruction: Instruction,
  variables: Variables,
  escaping: string,
  workdir: string | undefined,
): Pick<Copy, 'sources' | 'destination'> {
  const texts = jsonForm(instruction.rest);
  const expanded = at(instruction, () =>
    texts
      ? texts
          .map((text) => expandText(text, variables, escaping))
          .map(({ text, unknown }) => ({ words: [text], unknown }))
      : [expandWords(instruction.rest, variables, escaping)],
  );
  const words = expanded.flatMap((one) => one.words);
  const unclear = expanded.some(({ unknown }) => unknown.length > 0);
  if (words.length < 2) throw dockerfileError(instruction.line, `${instruction.keyword} takes at least two paths`);
  const target = words.at(-1) ?? '';
  const written = new Set(instruction.heredocs.map(({ name }) => name));
  const local = words.slice(0, -1).filter((word) => {
    const mark = /^<<-?["']?([a-zA-Z0-9_.]+)["']?$/.exec(word);
    if (mark && written.has(mark[1] ?? '')) return false;
    return !(instruction.keyword === 'ADD' && /^(https?:\/\/|git@|git:\/\/|ssh:\/\/)/.test(word));
  });
  // What a variable of the base image says is not known here: then all of the context counts.
  const sources = unclear && local.length > 0 ? ['.'] : [...new Set(local.map(inContext))];
  const known = !unclear && (target.startsWith('/') || workdir !== undefined);
  const folder = target.endsWith('/') || target === '.' || target.endsWith('/.') || words.length > 2;
  const resolved = known ? posix.resolve(workdir ?? '/', target) : undefined;
  return { sources, destination: resolved && (folder && resolved !== '/' ? `${resolved}/` : resolved) };
}

/** A path of an instruction as it is below the context: BuildKit takes `/a`, `../a` and `./a` for `a`. */
function inContext(path: string): string {
  const inside = posix.join('/', path.replaceAll('/./', '/')).replace(/^\/+/, '').replace(/\/+$/, '');
  return inside === '' ? '.' : inside;
}

function jsonForm(rest: string): string[] | undefined {
  if (!rest.startsWith('[')) return undefined;
  try {
    const parsed: unknown = JSON.parse(rest);
    return Array.isArray(parsed) && parsed.every((one) => typeof one === 'string') ? parsed : undefined;
  } catch {
    return undefined;
  }
}

/** ARG a, ARG a=b c=d; of those that are given from outside, that counts. */
function declare(
  instruction: Instruction,
  variables: Map<string, string>,
  globals: Variables,
  { buildArgs = {} }: BuildChoice,
  escaping: string,
  environment: ReadonlySet<string> = new Set(),
): void {
  for (const word of at(instruction, () => expandWords(instruction.rest, variables, escaping).words)) {
    const equals = word.indexOf('=');
    const name = equals < 0 ? word : word.slice(0, equals);
    if (environment.has(name)) continue;
    const value = buildArgs[name] ?? (equals < 0 ? (globals.get(name) ?? variables.get(name)) : word.slice(equals + 1));
    // Declared without a value it is known to be empty.
    variables.set(name, value ?? '');
  }
}

function pairs(instruction: Instruction, variables: Variables, escaping: string): [string, string][] {
  const { rest } = instruction;
  const legacy = /^([^\s=]+)\s+(.*)$/s.exec(rest);
  if (legacy) return [[legacy[1] ?? '', at(instruction, () => expandText(legacy[2] ?? '', variables, escaping).text)]];
  return at(instruction, () => expandWords(rest, variables, escaping).words).map((word) => {
    const equals = word.indexOf('=');
    return [word.slice(0, equals), word.slice(equals + 1)];
  });
}

function flag({ flags }: Instruction, wanted: string): string | undefined {
  return flags.find(([name]) => name === wanted)?.[1];
}

function at<Result>({ line }: Instruction, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw error instanceof AppError
      ? error
      : dockerfileError(line, error instanceof Error ? error.message : String(error));
  }
}

/** BuildKit: arguments that are there without being declared before the first FROM. */
function platformVariables(target: string | undefined): [string, string][] {
  const own = `linux/${{ x64: 'amd64', ia32: '386' }[process.arch as string] ?? process.arch}`;
  const parts = (prefix: string, platform: string): [string, string][] => {
    const [os = '', architecture = '', variant = ''] = platform.split('/');
    return [
      [`${prefix}PLATFORM`, platform],
      [`${prefix}OS`, os],
      [`${prefix}ARCH`, architecture],
      [`${prefix}VARIANT`, variant],
    ];
  };
  return [...parts('BUILD', own), ...parts('TARGET', target || own)];
}
