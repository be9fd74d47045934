// Parameters: the values they have, and how these get into the places of a document that name them.
import { type Document, isMap, isScalar, type Scalar as ScalarNode, visit } from 'yaml';
import type { z } from 'zod';
import { nearest } from '../../../shared/model/nearest';
import type { parameterSchema, parameterValuesSchema } from '../../../shared/model/template/parameters';
import type { Scalar } from '../../../shared/model/template/values';
import type { Problem } from './document';

export type Parameter = z.infer<typeof parameterSchema>;
export type ParameterValues = z.infer<typeof parameterValuesSchema>;

/** A given value that cannot be used, or a value that is missing. */
export interface ParameterProblem {
  name: string;
  /** To be read on its own: `workers must be a whole number`. */
  message: string;
}

/** Stand-ins where a template is only looked at: the default, or whatever its parameter would take. */
export function exampleValues(parameters: readonly Parameter[]): Map<string, Scalar> {
  return new Map(parameters.map((parameter) => [parameter.name, parameter.default ?? exampleOf(parameter)]));
}

function exampleOf(parameter: Parameter): Scalar {
  if (parameter.type === 'boolean') return false;
  if (parameter.type === 'string') return parameter.allowed?.[0] ?? 'example';
  return parameter.allowed?.[0] ?? parameter.minimum ?? Math.min(1, parameter.maximum ?? 1);
}

/** The value of every parameter, from those given and the defaults, and what is wrong with those given. */
export function valuesFor(parameters: readonly Parameter[], given: ParameterValues) {
  const names = parameters.map(({ name }) => name);
  const problems: ParameterProblem[] = Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = nearest(name, names);
      const known = names.length > 0 ? `the parameters are ${names.join(', ')}` : 'the template has no parameters';
      return { name, message: `no parameter is called ${name}, ${meant ? `did you mean ${meant}?` : known}` };
    });
  const values = exampleValues(parameters);
  for (const parameter of parameters) {
    const { name } = parameter;
    const text = Object.hasOwn(given, name) ? given[name] : parameter.default;
    const value = text === undefined ? undefined : typed(parameter, text);
    const message = text === undefined ? `${name} needs a value` : complaint(parameter, value);
    if (message) problems.push({ name, message });
    else if (value !== undefined) values.set(name, value);
  }
  return { values, problems };
}

/** Text from a command line as the parameter's type; undefined when it is none. */
function typed({ type }: Parameter, given: Scalar): Scalar | undefined {
  if (type === 'string') return String(given);
  if (type === 'boolean') {
    if (typeof given === 'boolean') return given;
    return given === 'true' ? true : given === 'false' ? false : undefined;
  }
  const number = typeof given === 'string' && /^-?\d+$/.test(given.trim()) ? Number(given) : given;
  return Number.isSafeInteger(number) ? number : undefined;
}

function complaint(parameter: Parameter, value: Scalar | undefined): string | undefined {
  const { name, type } = parameter;
  if (value === undefined) return `${name} must be ${type === 'integer' ? 'a whole number' : 'true or false'}`;
  if (type === 'boolean') return undefined;
  const allowed: readonly Scalar[] | undefined = parameter.allowed;
  if (allowed && !allowed.includes(value)) {
    const meant = nearest(String(value), allowed.map(String));
    return `${name} must be one of ${allowed.join(', ')}${meant ? `, did you mean ${meant}?` : ''}`;
  }
  if (type === 'string') return undefined;
  const { minimum, maximum } = parameter;
  if (minimum !== undefined && Number(value) < minimum) return `${name} must be at least ${minimum}`;
  return maximum !== undefined && Number(value) > maximum ? `${name} must be at most ${maximum}` : undefined;
}

/** `$${parameters.x}` stands for the text `${parameters.x}` itself: of several dollars one is taken away. */
const reference = /(?<!\$)(\$+)\{parameters\.([^}\n]*)\}/g;

/** Text that stands for itself when it is filled, except for the parameters of these names. */
export function escaped(text: string, kept: ReadonlySet<string> = new Set()): string {
  return text.replace(reference, (all, dollars: string, name: string) =>
    dollars === '$' && kept.has(name) ? all : `$${all}`,
  );
}

/**
 * Puts values into the places of the spec that name parameters, in the document itself. A place that is nothing but the
 * name of a parameter becomes its value, a number or true or false; elsewhere the value is written into the text.
 *
 * @param declared names of all parameters, also of those that are described wrongly and have no value
 * @returns what cannot be filled, and for every place that was filled the names of its parameters
 */
export function fillParameters(document: Document, values: ReadonlyMap<string, Scalar>, declared: readonly string[]) {
  const problems: Problem[] = [];
  const filled = new Map<unknown, string[]>();
  const spec = isMap(document.contents) ? document.contents.get('spec', true) : undefined;
  if (!isMap(spec)) return { problems, filled };
  visit(spec, {
    Pair: (_key, pair, ancestors) =>
      ancestors.length === 1 && isScalar(pair.key) && pair.key.value === 'parameters' ? visit.SKIP : undefined,
    Scalar(key, node) {
      if (key === 'key' || typeof node.value !== 'string') return;
      const names: string[] = [];
      for (const message of mistakesIn(node.value, declared)) problems.push({ ...placeOf(node), message, path: [] });
      node.value = replaced(node.value, values, names);
      if (names.length > 0) filled.set(node, names);
    },
  });
  return { problems, filled };
}

function placeOf(node: ScalarNode): { from: number; to: number } {
  const [from = 0, to = from] = node.range ?? [];
  return { from, to };
}

function mistakesIn(text: string, names: readonly string[]): string[] {
  const unknown = [...text.matchAll(reference)].flatMap(([, dollars, name = '']) => {
    if (dollars !== '$' || names.includes(name)) return [];
    const meant = nearest(name, names);
    const advice = meant ? `did you mean ${meant}?` : 'name it under spec.parameters';
    return [`no parameter is called ${name}, ${advice}`];
  });
  const misspelt = [...text.matchAll(/(?<!\$)\$\{(\w+)\.(\w+)\}/g)].flatMap(([all, word = '', name = '']) =>
    word !== 'parameters' && nearest(word, ['parameters']) && names.includes(name)
      ? [`${all} is not known, did you mean \${parameters.${name}}?`]
      : [],
  );
  return [...unknown, ...misspelt];
}

function replaced(text: string, values: ReadonlyMap<string, Scalar>, names: string[]): Scalar {
  const whole = /^\$\{parameters\.([^}\n]*)\}$/.exec(text)?.[1];
  const value = whole === undefined ? undefined : values.get(whole);
  if (whole !== undefined && value !== undefined) {
    names.push(whole);
    return value;
  }
  return text.replace(reference, (all, dollars: string, name: string) => {
    if (dollars.length > 1) return all.slice(1);
    const found = values.get(name);
    if (found === undefined) return all;
    names.push(name);
    return String(found);
  });
}
