// Takes secrets out of logs and configurations that leave this computer: by their form, by their name, and by their known values.

import { withoutPassword } from './addresses';

const gone = '[removed]';

/** Names of settings whose values are nobody's business. */
export const secretName =
  /pass(word|wd|phrase)?|secret|token|credential|api[-_.]?key|access[-_.]?key|private[-_.]?key|certificate[-_.]?key/i;

const forms: readonly [RegExp, string][] = [
  [/-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?(-----END \1-----|$)/g, gone],
  // kubeadm: bootstrap tokens, also in names of their Secrets.
  [/\b[a-z0-9]{6}\.[a-z0-9]{16}\b/g, gone],
  // JSON web tokens, those of service accounts among them; two parts are a detached signature.
  [/\beyJ[\w-]{8,}\.[\w-]*(\.[\w-]+)?/g, gone],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${gone}`],
  [/\b((?:client-key|client-certificate|id-token|refresh-token)-data["']?\s*:\s*)["']?[\w+/=]+["']?/g, `$1${gone}`],
  [/\b(PRIVATE KEY[^\n]*)/g, gone],
  // NAME=value, "name": "value", name: value, --name value
  [
    /((?:^|[\s"'{,[-])[\w.-]*(?:pass(?:word|wd|phrase)|secret|token|credential|api[-_]?key|access[-_]?key|private[-_]?key|certificate[-_]?key)[\w.-]*["']?\s*[=:]\s*)("[^"\n]{4,}"|'[^'\n]{4,}'|[^\s"',{}[\]]{4,})/gi,
    `$1${gone}`,
  ],
];

/** Shorter values are words that stand everywhere. */
const shortestKnown = 8;

/**
 * The text without what looks like a secret. `known`: values that are secret whatever they look like; longer ones count first.
 * What looks like a secret and is none goes too.
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
  const values = known.filter((value) => value.length >= shortestKnown).sort((a, b) => b.length - a.length);
  const cleaned = values.reduce((rest, value) => rest.replaceAll(value, gone), withoutPassword(text));
  return forms.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), cleaned);
}

/** A JSON value without the data of Secrets, values of variables and fields with a secret's name, and copies of applied manifests. */
export function objectWithoutSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(objectWithoutSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const { kind, name } = value as { kind?: unknown; name?: unknown };
  const variable = typeof name === 'string' && 'value' in value && secretName.test(name);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key === 'kubectl.kubernetes.io/last-applied-configuration') return [];
      if (kind === 'Secret' && (key === 'data' || key === 'stringData')) return [[key, gone]];
      if (variable && key === 'value') return [[key, gone]];
      if (typeof inner === 'string' && secretName.test(key) && !/name$/i.test(key)) return [[key, gone]];
      return [[key, objectWithoutSecrets(inner)]];
    }),
  );
}
