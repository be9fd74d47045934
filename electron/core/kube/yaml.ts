// YAML as Kubernetes reads it: YAML 1.1, without the kinds of scalars that its library does not know.
import { type Document, type LineCounter, parseAllDocuments, stringify, type Tags } from 'yaml';

/** Kubernetes' library knows no moments, and no numbers with colons: `22:22` and `2026-01-31` are texts. */
const unknownTags = new Set(['tag:yaml.org,2002:timestamp', 'TIME']);

function knownTags(tags: Tags): Tags {
  return tags.filter((tag) => {
    if (typeof tag === 'string') return !['timestamp', 'intTime', 'floatTime'].includes(tag);
    return !unknownTags.has(tag.tag) && (!('format' in tag) || !unknownTags.has(tag.format ?? ''));
  });
}

/** The documents of a text; of a key that is there twice the last counts. `lines`: hears where lines begin. */
export function parsedDocuments(text: string, lines?: LineCounter): Document.Parsed[] {
  const documents = parseAllDocuments(text, {
    version: '1.1',
    uniqueKeys: false,
    logLevel: 'error',
    customTags: knownTags,
    ...(lines && { lineCounter: lines }),
  });
  return Array.isArray(documents) ? documents : [];
}

/** The content of each document. Throws what is wrong, with its line. */
export function documentsIn(text: string): unknown[] {
  return parsedDocuments(text).map((document) => {
    const [problem] = document.errors;
    // The library's message goes on with the lines around it.
    if (problem) throw new Error(`it is not YAML: ${problem.message.split('\n')[0]?.replace(/:$/, '')}`);
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  });
}

/** As Kubernetes reads it again: `"yes"` and `"0777"` stay texts. Lines are as long as they are. */
export function printYaml(value: unknown): string {
  return stringify(value, { version: '1.1', lineWidth: 0 });
}
