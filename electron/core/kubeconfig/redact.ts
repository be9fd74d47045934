// Kubeconfig texts for people's eyes: every secret gives way to a number, the same number where the secret is the same.
import { isPair, isScalar, isSeq, type Node, parseDocument, type Scalar, visit } from 'yaml';
import { secretName, withoutSecrets } from '../redaction/secrets';

/** Fields of a user that are nobody's secret; everything else of it is hidden. */
const openFields = new Set([
  'name',
  'client-certificate',
  'client-key',
  'tokenFile',
  'username',
  'as',
  'as-uid',
  'as-groups',
  'apiVersion',
  'command',
  'interactiveMode',
  'installHint',
  'provideClusterInfo',
]);

interface Span {
  from: number;
  to: number;
  value: string;
}

/** The texts without secrets. What is long and for no eyes (`*-data`) is hidden too. */
export function redactKubeconfigs<Texts extends readonly string[]>(texts: Texts): { [Index in keyof Texts]: string } {
  const numbers = new Map<string, number>();
  const spans = texts.map(secretSpans);
  const known = new Set(spans.flat().map(({ value }) => value));
  const redacted = texts.map((text, index) => {
    const places = [...(spans[index] ?? []), ...spansOf(text, known)];
    let shown = text;
    let before = Number.POSITIVE_INFINITY;
    for (const { from, to, value } of places.sort((a, b) => b.from - a.from)) {
      if (to > before || value === '') continue;
      const number = numbers.get(value) ?? numbers.size + 1;
      numbers.set(value, number);
      const eol = text[to - 1] === '\n' ? '\n' : '';
      shown = `${shown.slice(0, from)}[hidden ${number}]${eol}${shown.slice(to)}`;
      before = from;
    }
    // Comments, and what could not be read.
    return withoutSecrets(shown);
  });
  return redacted as { [Index in keyof Texts]: string };
}

function secretSpans(text: string): Span[] {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false });
  const spans: Span[] = [];
  const hide = (node: Scalar) => {
    if (node.range) spans.push({ from: node.range[0], to: node.range[1], value: String(node.value ?? '') });
  };
  visit(document, {
    Scalar(key, node, path) {
      const keys = keysOn(path);
      if (key !== 'key' && (isSecret(keys) || isSecretArgument(keys, path.at(-1), key))) hide(node);
    },
    Alias(key, node, path) {
      const meant = key === 'key' || !isSecret(keysOn(path)) ? undefined : node.resolve(document);
      if (isScalar(meant)) hide(meant);
      else if (meant) visit(meant, { Scalar: (_key, inner) => hide(inner) });
    },
  });
  return spans;
}

function keysOn(path: readonly unknown[]): string[] {
  return path.flatMap((step) => (isPair(step) && isScalar(step.key) ? [String(step.key.value)] : []));
}

/** `keys`: of the mappings around a value, the outermost first. */
function isSecret(keys: readonly string[]): boolean {
  const last = keys.at(-1) ?? '';
  if (last.endsWith('-data')) return true;
  if (keys[0] === 'users' && keys.includes('user')) {
    if (keys.includes('exec') && last === 'args') return false;
    return !openFields.has(last) || (keys.includes('env') && last === 'value');
  }
  return keys.some((key) => secretName.test(key) && !/name$|file$/i.test(key));
}

/** A program's argument with a secret in it: what follows `--client-secret`, and `--token=x`. */
function isSecretArgument(keys: readonly string[], list: unknown, index: unknown): boolean {
  if (keys.at(-1) !== 'args' || !isSeq<Node>(list) || typeof index !== 'number') return false;
  const [before, argument] = [list.items[index - 1], list.items[index]].map((item) =>
    isScalar(item) ? String(item.value) : '',
  );
  const [option = '', value] = (argument ?? '').split(/=(.*)/s);
  if (value !== undefined && secretName.test(option)) return true;
  return secretName.test(before ?? '') && !(argument ?? '').startsWith('-');
}

/** Everywhere else that a known secret stands, such as behind an anchor. */
function spansOf(text: string, known: ReadonlySet<string>): Span[] {
  const document = parseDocument(text, { uniqueKeys: false, prettyErrors: false });
  const spans: Span[] = [];
  visit(document, {
    Scalar(_key, node) {
      const value = String(node.value ?? '');
      if (value.length > 3 && known.has(value) && node.range) {
        spans.push({ from: node.range[0], to: node.range[1], value });
      }
    },
  });
  return spans;
}
