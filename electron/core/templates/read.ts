// Turns the YAML text of a cluster template into a template, or into an error that says what is wrong with it and where.
import { AppError } from '../../../shared/model/errors';
import type { ClusterTemplate } from '../../../shared/model/template';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import { checkTemplate } from './check';
import type { ParameterProblem, ParameterValues } from './parameters';

/**
 * The template in a YAML text, its parameters and its defaults filled in.
 *
 * @param from what to call the text in errors: a file's path
 * @param given values of its parameters; without them it is only looked at, and a parameter without a default has some value
 * Throws `template-invalid`: the message has the first problem with line and column, `detail` has all, one per line; and
 * `bad-input` for values of parameters that cannot be used or are missing.
 */
export function readTemplate(yaml: string, from: string, given?: ParameterValues): ClusterTemplate {
  const { template, problems, parameters } = checkTemplate(yaml, given);
  const errors = problems.filter(({ severity }) => severity === 'error');
  // A wrong value breaks what it is put into: then the value is the mistake.
  if (parameters.length > 0) throw unusableValues(from, parameters);
  if (template && errors.length === 0) return template;
  throw invalidTemplate(from, errors);
}

/** The error for a text with these mistakes. */
export function invalidTemplate(from: string, errors: readonly TemplateProblem[]): AppError {
  const described = errors.map(({ line, column, message }) => `line ${line}, column ${column}: ${message}`);
  const [first = 'it cannot be read'] = described;
  const more = described.length > 1 ? ` (and ${described.length - 1} more)` : '';
  return new AppError('template-invalid', `The template ${from} is not valid: ${first}${more}`, {
    params: { file: from, problem: first, count: described.length },
    detail: described.join('\n'),
    hints: [{ text: `Correct ${from} at ${described.length > 1 ? 'these places' : 'this place'} and try again.` }],
  });
}

function unusableValues(from: string, problems: readonly ParameterProblem[]): AppError {
  const messages = problems.map(({ message }) => message);
  return new AppError('bad-input', `The template ${from} cannot be filled: ${messages.join('; ')}`, {
    params: { file: from, names: problems.map(({ name }) => name).join(', ') },
    hints: [{ text: 'From a terminal, give a parameter its value with --set name=value.' }],
  });
}
