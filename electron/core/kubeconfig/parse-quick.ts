// A kubeconfig's content without positions, many times quicker than with them: for looking at files, not for changing them.
import { FAILSAFE_SCHEMA, load, Type } from 'js-yaml';
import { fieldsOf, type KubeconfigModel, parseKubeconfig } from './parse';

function scalar(tag: string, form: RegExp, construct: (text: string) => unknown): Type {
  const resolve = (text: unknown) => form.test(String(text ?? ''));
  return new Type(`tag:yaml.org,2002:${tag}`, { kind: 'scalar', resolve, construct });
}

/** Texts stay as written (`1.10` is a name to kubectl); merge keys are followed, as kubectl does. */
const schema = FAILSAFE_SCHEMA.extend({
  implicit: [
    scalar('null', /^(~|null|Null|NULL)?$/, () => null),
    scalar('bool', /^(true|True|TRUE|false|False|FALSE)$/, (text) => /^t/i.test(text)),
    scalar('merge', /^<<$/, (text) => text),
  ],
});

/** The same as `parseKubeconfig(text, file).model`, with the same errors: `kubeconfig-invalid`, saying where. */
export function readModel(text: string, file: string): KubeconfigModel {
  const content = quickly(text);
  const lists = content && [content.clusters, content.contexts, content.users];
  if (!content || !lists?.every((list) => list === undefined || list === null || Array.isArray(list))) {
    return parseKubeconfig(text, file).model;
  }
  const [clusters = [], contexts = [], users = []] = lists.map((list) => ((list ?? []) as unknown[]).map(fieldsOf));
  const current = content['current-context'];
  return { clusters, contexts, users, currentContext: typeof current === 'string' ? current : '' };
}

/** Undefined for what is odd in any way. */
function quickly(text: string): Record<string, unknown> | undefined {
  try {
    const content = load(text, { schema });
    return typeof content === 'object' && content !== null && !Array.isArray(content) ? fieldsOf(content) : undefined;
  } catch {
    return undefined;
  }
}
