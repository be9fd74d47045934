// What is wrong with the value of a parameter, while it is typed; the core has the last word.
import type { ClusterTemplate } from '../../../shared/model/template';

export type ParameterValue = string | number | boolean;
/** Values that were given, by the names of their parameters. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

export type Parameter = ClusterTemplate['spec']['parameters'][number];

export type ParameterProblem = { code: 'missing' | 'whole' } | { code: 'least' | 'most'; limit: number };

export function parameterProblem(
  parameter: Parameter,
  given: ParameterValue | undefined,
): ParameterProblem | undefined {
  const value = given ?? parameter.default;
  if (value === undefined || value === '') return { code: 'missing' };
  if (parameter.type !== 'integer') return undefined;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) return { code: 'whole' };
  const { minimum, maximum } = parameter;
  if (minimum !== undefined && number < minimum) return { code: 'least', limit: minimum };
  return maximum !== undefined && number > maximum ? { code: 'most', limit: maximum } : undefined;
}

/** The values as options of a command: `--set workers=3`. */
export function setWords(values: ParameterValues): string[] {
  return Object.entries(values).map(([name, value]) => `--set ${quoted(`${name}=${value}`)}`);
}

/** As a shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w=.,:/@+-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
