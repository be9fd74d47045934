// What is wrong with the value of a parameter, while it is typed; the core has the last word.
import type { ClusterTemplate } from '../../../shared/model/template';
import type { ParameterValue } from './request';

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
