// The form of a new cluster: what stands in its fields, what is wrong with it, and the request it amounts to.
import { type CreateRequest, clusterNameSchema } from '../../../shared/model/cluster';
import { type ParameterValues, setWords } from '../../parts/parameters/parameters';
import { changedText, type Shape } from './shape';

export interface Form {
  /** Id of the chosen template. */
  template: string;
  name: string;
  image: string;
  keepOnFailure: boolean;
  switchContext: boolean;
  /** Values of the template's parameters that were changed. */
  parameters: ParameterValues;
  /** What was changed of the template itself. */
  shape: Shape;
}

/** The text of the chosen template, and where it is a file of the user's. */
export interface ChosenText {
  yaml: string;
  file?: string | undefined;
}

export type NameProblem = 'empty' | 'long' | 'shape' | 'taken';

/** What keeps a name from being used, if anything does. */
export function nameProblem(name: string, taken: ReadonlySet<string>): NameProblem | undefined {
  if (name === '') return 'empty';
  if (taken.has(name)) return 'taken';
  const checked = clusterNameSchema.safeParse(name);
  if (checked.success) return undefined;
  return checked.error.issues.some((issue) => issue.code === 'too_big') ? 'long' : 'shape';
}

/** The request that the form amounts to: of a template that was changed, its text goes along. */
export function requestOf(form: Form, chosen?: ChosenText): CreateRequest {
  const image = form.image.trim();
  return {
    name: form.name,
    template: chosen && isChanged(form, chosen) ? asText(form, chosen) : { id: form.template },
    ...(Object.keys(form.parameters).length > 0 && { parameters: { ...form.parameters } }),
    ...(image && { image }),
    keepOnFailure: form.keepOnFailure,
    switchContext: form.switchContext,
  };
}

/** Whether the text of the template is no longer the one that was chosen. */
export function isChanged(form: Form, chosen: ChosenText): boolean {
  return changedText(chosen.yaml, form.shape) !== chosen.yaml;
}

function asText(form: Form, { yaml, file }: ChosenText): CreateRequest['template'] {
  const folder = file?.replace(/[/\\][^/\\]*$/, '');
  return { yaml: changedText(yaml, form.shape), from: `${form.template}.yaml`, ...(folder && { folder }) };
}

/** The command line that does the same; a template that was changed has to be kept as a file first. */
export function commandOf(form: Form, chosen?: ChosenText): string {
  const image = form.image.trim();
  const template = chosen && isChanged(form, chosen) ? `${form.template}.yaml` : form.template;
  return [
    `boathouse create ${form.name}`,
    `--template ${template}`,
    ...setWords(form.parameters),
    ...(image ? [`--image ${image}`] : []),
    ...(form.keepOnFailure ? ['--keep-on-failure'] : []),
    ...(form.switchContext ? [] : ['--no-switch']),
  ].join(' ');
}
