// Environment variables in a configuration of k3d, which k3d fills in as it reads: for us they become parameters.
import { type Document, isMap, isPair, isScalar, visit } from 'yaml';

const variable = /\$(?:\{([A-Za-z_]\w*)\}|([A-Za-z_]\w*))/g;

/** Whether k3d would fill something into a text; there is no way to have it left as it is. */
export function hasVariable(text: string): boolean {
  return text.search(variable) !== -1;
}

/**
 * Puts `${parameters.NAME}` in the place of `$NAME` and `${NAME}` everywhere in a document, except for the home
 * folder in paths, which templates know as `${HOME}`, too.
 * @returns the names, each once
 */
export function variablesToParameters(document: Document): string[] {
  const names = new Set<string>();
  if (!isMap(document.contents)) return [];
  visit(document, {
    Scalar(key, node, ancestors) {
      const pair = ancestors.at(-1);
      const isPath = isPair(pair) && isScalar(pair.key) && pair.key.value === 'volume';
      if (key === 'key' || typeof node.value !== 'string') return;
      node.value = node.value.replace(variable, (_all, braced, bare) => {
        const name = String(braced ?? bare);
        if (name === 'HOME' && isPath) return '${HOME}';
        const parameter = name.replace(/^_+/, '') || 'variable';
        names.add(parameter);
        return `\${parameters.${parameter}}`;
      });
    },
  });
  return [...names];
}

/** The parameter that a text is; undefined where it is something else, or more. */
export function parameterIn(text: unknown): string | undefined {
  return typeof text === 'string' ? /^\$\{parameters\.([\w-]+)\}$/.exec(text)?.[1] : undefined;
}
