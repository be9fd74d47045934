// The part of Go's text/template that values of a skaffold.yaml use: `{{.NAME}}`, and `default` for what is not set.

const action = /\{\{-?\s*(.*?)\s*-?\}\}/g;
const variable = /^\.([A-Za-z_]\w*)$/;
const fallback = /^default\s+(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)\s+\.([A-Za-z_]\w*)$/;
const piped = /^\.([A-Za-z_]\w*)\s*\|\s*default\s+(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)$/;
const literal = /^(?:"((?:[^"\\]|\\.)*)"|`([^`]*)`)$/;

/** Names that only a build knows: skaffold sets them where it builds, tags and deploys. */
const late = /^(IMAGE_(REPO|TAG|NAME|DIGEST|DOMAIN|FULLY_QUALIFIED)|DIGEST|DIGEST_ALGO|DIGEST_HEX|FILE_NAME)\w*$/;

export interface Filled {
  text: string;
  /** Variables that were not set; they stand in the text as they were. */
  missing: string[];
  /** What is more than `{{.NAME}}` and `default`: conditions, `cmd`, other functions. It stands in the text as it was. */
  unread: string[];
}

/**
 * The text with all variables filled that `values` has. skaffold: one that is not there is left as it stands when the file is read,
 * and is an error where it is needed.
 */
export function fillTemplate(text: string, values: Readonly<Record<string, string | undefined>>): Filled {
  const missing: string[] = [];
  const unread: string[] = [];
  const filled = text.replaceAll(action, (whole, inner: string) => {
    const constant = literal.exec(inner);
    if (constant) return unquoted(constant[1], constant[2]);
    const name = variable.exec(inner)?.[1];
    if (name !== undefined) {
      const value = values[name];
      if (value !== undefined) return value;
      missing.push(name);
      return whole;
    }
    const [, before, beforeRaw, after] = fallback.exec(inner) ?? [];
    const [, pipedName, word, wordRaw] = piped.exec(inner) ?? [];
    const wanted = after ?? pipedName;
    if (wanted !== undefined) return values[wanted] || unquoted(before ?? word, beforeRaw ?? wordRaw);
    unread.push(inner);
    return whole;
  });
  return { text: filled, missing, unread };
}

/** Whether only a build knows a variable. */
export function isLate(name: string): boolean {
  return late.test(name);
}

function unquoted(quoted: string | undefined, raw: string | undefined): string {
  return raw ?? (quoted ?? '').replaceAll(/\\(.)/g, '$1');
}
