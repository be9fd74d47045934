// Checks the YAML text of a cluster template: the template in it, if there is one, and all that is wrong or doubtful.
import { type Document, isNode, isSeq, type Node } from 'yaml';
import { type ClusterTemplate, templateSchema } from '../../../shared/model/template';
import { parameterSchema } from '../../../shared/model/template/parameters';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import type { Finding } from '../../../shared/model/template/rules';
import type { Scalar } from '../../../shared/model/template/values';
import { doubtsAbout } from '../../../shared/model/template/warnings';
import { brokenTexts } from './contents';
import { dataOf, located, mostProblems, type Problem, problemAt, readDocument, type YamlText } from './document';
import {
  exampleValues,
  fillParameters,
  type Parameter,
  type ParameterProblem,
  type ParameterValues,
  valuesFor,
} from './parameters';
import { nodeAt, scalarAt } from './places';
import { nameOf, problemsOf } from './problems';

export interface CheckedTemplate {
  /** Its parameters filled and its defaults filled in; absent when any problem is an error. */
  template?: ClusterTemplate;
  problems: TemplateProblem[];
  /** What is wrong with the given values, or which are missing; empty when none were given. */
  parameters: ParameterProblem[];
}

/**
 * The template in a YAML text; never throws.
 *
 * @param given values of its parameters; without them a parameter has its default, or some value that it would take
 */
export function checkTemplate(text: string, given?: ParameterValues): CheckedTemplate {
  const read = readDocument(text);
  if ('problems' in read) return { problems: read.problems, parameters: [] };
  const { declared, names } = declaredParameters(read.document);
  const { values, problems: parameters } = given
    ? valuesFor(declared, given)
    : { values: exampleValues(declared), problems: [] };
  const { problems: unfilled, filled } = fillParameters(read.document, values, names);
  const content = dataOf(read);
  if ('problems' in content) return { problems: content.problems, parameters };
  const checked = templateSchema.safeParse(content.data);
  if (!checked.success || unfilled.length > 0) {
    const broken = checked.success ? [] : problemsOf(checked.error.issues, read.document, templateSchema);
    const named = broken.map((problem) => withParameters(problem, read.document, filled, values));
    // A place whose parameter is unknown is not also of the wrong type.
    const rest = named.filter((problem) => !unfilled.some(({ from }) => from === problem.from));
    return { problems: located(read, [...unfilled, ...rest]), parameters };
  }
  const broken = brokenTexts(checked.data.spec);
  if (broken.length > 0) return { problems: located(read, findingsIn(read, broken)), parameters };
  const doubts = doubtsAbout(checked.data.spec).map(({ path, text: message, code, params }) => ({
    ...problemAt(read.document, ['spec', ...path], message),
    code,
    params,
  }));
  return { template: checked.data, problems: located(read, doubts, 'warning'), parameters };
}

/** What is found in a valid template after it was read, as errors in its text. */
export function problemsFrom(text: string, findings: readonly Finding[]): TemplateProblem[] {
  const read = readDocument(text);
  return 'problems' in read ? read.problems : located(read, findingsIn(read, findings));
}

function findingsIn({ document }: YamlText, findings: readonly Finding[]): Problem[] {
  return findings.map(({ path, message }) => {
    const whole = ['spec', ...path];
    return problemAt(document, whole, `${nameOf(whole)} is not right: ${message}`);
  });
}

/** Says which parameters a wrong value comes from: the mistake may be theirs. */
function withParameters(
  problem: Problem,
  document: Document,
  filled: ReadonlyMap<unknown, string[]>,
  values: ReadonlyMap<string, Scalar>,
): Problem {
  const names = filled.get(nodeAt(document, problem.path)) ?? [];
  if (names.length === 0) return problem;
  const sources = [...new Set(names)].map((name) => `${name} is ${values.get(name)}`).join(', ');
  const { code: _none, params: _words, ...place } = problem;
  return { ...place, message: `${problem.message} (the parameter ${sources})` };
}

/** The parameters that are well described, and the names of all; what is wrong with the others the schema tells. */
function declaredParameters(document: Document): { declared: Parameter[]; names: string[] } {
  const list = nodeAt(document, ['spec', 'parameters']);
  const entries = isSeq(list) ? list.items.slice(0, mostProblems) : [];
  const names = entries.flatMap((_entry, index) => {
    const name = scalarAt(document, ['spec', 'parameters', index, 'name']);
    return typeof name === 'string' ? [name] : [];
  });
  const declared = entries.flatMap((entry) => {
    const data = isNode(entry) ? plainOf(entry, document) : undefined;
    const checked = parameterSchema.safeParse(data);
    return checked.success ? [checked.data] : [];
  });
  return { declared, names };
}

function plainOf(node: Node, document: Document): unknown {
  try {
    return node.toJS(document);
  } catch {
    // Aliases that lead nowhere are told of the document as a whole.
    return undefined;
  }
}
