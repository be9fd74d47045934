// The texts are whole: both languages say the same things, with the same blanks, and nothing is missing or left over.
import { describe, expect, it } from 'vitest';
import { signInWays } from '../../shared/model/access';
import { actionVerbs } from '../../shared/model/actions';
import { effortSchema } from '../../shared/model/apply';
import { clusterSchema, clusterStateSchema, nodeRoles, nodeStateSchema } from '../../shared/model/cluster';
import { dashboardKinds, dashboardRights } from '../../shared/model/dashboard';
import {
  changeSchema,
  loopArtifactSchema,
  loopForwardSchema,
  loopResourceSchema,
  loopStates,
  stageKinds,
  touchesSchema,
} from '../../shared/model/devloop/loop';
import { effectSchema } from '../../shared/model/devloop/place';
import { proposedArtifactSchema } from '../../shared/model/devloop/proposal';
import { checkSchema } from '../../shared/model/diagnostics';
import { cleanups, diskOwnerSchema } from '../../shared/model/disk';
import { engineEndpointSchema } from '../../shared/model/engine';
import { errorCodes } from '../../shared/model/errors';
import { forwardStates } from '../../shared/model/forwards';
import { contextOrigins, importChoices, kubeContextSchema, probeOutcomes } from '../../shared/model/kubeconfig';
import { objectChanges } from '../../shared/model/manifests';
import { operationKinds, operationStateSchema, stepKinds, stepStateSchema } from '../../shared/model/operation';
import { podStateSchema } from '../../shared/model/pod';
import { recordedPodStates } from '../../shared/model/recorder';
import { experiments, settingsSchema } from '../../shared/model/settings';
import { pageOf } from '../app/help-button';
import { entryGroups } from '../app/palette/entry';
import { clusterTabs, helpPages, imagesTabs } from '../app/route';
import { partKeys } from '../app/shortcuts/shortcuts';
import { kindGroups } from '../parts/inside/kinds';
import { nodeChanges } from '../screens/cluster/nodes/node-menu';
import { troubleKinds } from '../screens/cluster/overview/troubles';
import { imageStations } from '../screens/dev/stations';
import en from './en.json';
import chinese from './zh-CN.json';

type Texts = { [key: string]: string | Texts };

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  const entries = Object.entries(texts).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  );
  return new Map(entries);
}

const plural = /_(zero|one|two|few|many|other)$/;
const english = flatten(en);
const translated = flatten(chinese);

/** Errors, checks and warnings carry their English with them, so these texts may exist in translations alone. */
const onlyTranslated =
  /^errors\.[\w-]+\.text$|^(notPossible|checks|differences|loop|said|problems|unsupported|warnings|why)\./;

function blanks(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((match) => match[1] ?? ''))].sort();
}

describe('both languages', () => {
  const base = (keys: Iterable<string>) => new Set([...keys].map((key) => key.replace(plural, '')));

  it('have the same texts', () => {
    const extra = [...base(translated.keys())].filter((key) => !base(english.keys()).has(key));
    expect(extra.filter((key) => !onlyTranslated.test(key))).toEqual([]);
    expect([...base(english.keys())].filter((key) => !base(translated.keys()).has(key))).toEqual([]);
  });

  it('have the plural forms that their grammar asks for', () => {
    const forms = (texts: Map<string, string>, language: string) => {
      const wanted = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
      const counted = [...texts.keys()].filter((key) => plural.test(key));
      const missing = [...base(counted)].flatMap((key) =>
        wanted.filter((form) => !texts.has(`${key}_${form}`)).map((form) => `${key}_${form}`),
      );
      return [...missing, ...counted.filter((key) => !wanted.some((form) => key.endsWith(`_${form}`)))];
    };
    expect(forms(english, 'en')).toEqual([]);
    expect(forms(translated, 'zh-CN')).toEqual([]);
  });

  it('have the same blanks', () => {
    const blanksOf = (texts: Map<string, string>) =>
      [...texts].flatMap(([key, text]) =>
        onlyTranslated.test(key) || key.endsWith('_one') ? [] : [`${key}: ${blanks(text)}`],
      );
    expect(blanksOf(translated).sort()).toEqual(blanksOf(english).sort());
    for (const [key, text] of english) {
      if (key.endsWith('_one')) expect(blanks(text)).toEqual(blanks(english.get(key.replace(/_one$/, '_other')) ?? ''));
    }
  });

  it('have words for every error and every step, and for no others', () => {
    for (const texts of [en, chinese]) {
      expect(Object.keys(texts.errors).sort()).toEqual([...errorCodes].sort());
      expect(Object.keys(texts.steps).sort()).toEqual([...stepKinds].sort());
    }
  });

  it('have no empty text', () => {
    expect([...english, ...translated].filter(([, text]) => text.trim() === '').map(([key]) => key)).toEqual([]);
  });

  it('Chinese uses its own punctuation', () => {
    const wrong = [...translated].filter(([, text]) =>
      /\p{Script=Han}\s?[,;:!?]|\p{Script=Han}\.(\s|$)|\.\.\./u.test(text),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});

const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}', '!../app/stand-in*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** What may stand in the blank of a key such as `clusterState.${state}`. */
const families: Record<string, readonly string[]> = {
  action: ['open', 'start', 'stop', 'pause', 'resume', 'pauseUntil', 'wakeOn', 'wakeOff', 'use', 'cleanup', 'logs'],
  'manifests.change': objectChanges,
  'actions.verb': actionVerbs,
  'actions.title': actionVerbs,
  'actions.done': actionVerbs,
  'actions.force': ['drain', 'delete'],
  // core-words.test.ts holds these against the core's own English.
  checks: [...translated.keys()].flatMap((key) => /^checks\.(.*)$/.exec(key)?.[1] ?? []),
  'change.hindrance': ['made-elsewhere', 'needs-minikube', 'busy', 'not-running'],
  'cluster.pausedAnswer': ['own', 'wakes', 'refused', 'other'],
  'cluster.maker': clusterSchema.shape.madeBy.options,
  'cluster.runs': clusterSchema.shape.provider.options,
  'cluster.tab': clusterTabs,
  clusterState: clusterStateSchema.options,
  commands: ['nodes', 'pods', 'status', 'kubeconfig', 'start', 'stop', 'pause', 'resume', 'logs'],
  'dashboard.about': dashboardKinds,
  'dashboard.kind': dashboardKinds,
  'dashboard.mayDo': dashboardRights,
  'dashboard.rights': dashboardRights,
  differences: Object.keys(chinese.differences),
  disk: ['images', 'buildCache', 'otherVolumes'],
  'dev.cause': changeSchema.shape.cause.options,
  'dev.changeState': changeSchema.shape.state.options,
  'dev.loopState': [...loopStates, 'broken'],
  'dev.loopTab': ['changes', 'logs', 'forwards', 'resources'],
  'dev.resource': loopResourceSchema.shape.state.options,
  'dev.stage': stageKinds,
  'dev.effect': effectSchema.options,
  'dev.artifact': loopArtifactSchema.shape.state.options,
  'dev.fileKind': changeSchema.shape.files.element.shape.kind.options,
  'dev.forwardState': loopForwardSchema.shape.state.options,
  'dev.logViews': ['all', 'builds', 'pods'],
  'dev.notice': ['broke', 'healed'],
  'dev.samples': Object.keys(import.meta.glob('../../resources/samples/*/README.md')).flatMap((path) =>
    path.split('/').slice(-2, -1),
  ),
  'dev.station': ['read', ...imageStations, 'sync'],
  'dev.stationState': ['idle', 'running', 'done', 'failed', 'cancelled'],
  'dev.touch': Object.keys(touchesSchema.shape),
  'dev.namedBy': proposedArtifactSchema.shape.namedBy.options,
  'disk.owner': diskOwnerSchema.shape.kind.options,
  'disk.cleanup': cleanups,
  'disk.loses': ['unused-node-images', 'caches'],
  'doctor.group': checkSchema.shape.group.options,
  effort: effortSchema.options,
  engine: ['connected', 'connecting', 'unreachable'],
  'engine.source': engineEndpointSchema.shape.source.options,
  errors: errorCodes,
  'kubeconfig.become': ['same', 'new', 'kept', 'renamed', 'replaced'],
  'kubeconfig.choice': importChoices,
  'kubeconfig.deed': ['use', 'namespace', 'rename', 'remove'],
  'kubeconfig.do': ['use', 'namespace', 'rename', 'remove'],
  'kubeconfig.field': ['namespace', 'rename'],
  'kubeconfig.origin': contextOrigins,
  'kubeconfig.outcome': probeOutcomes,
  'kubeconfig.sign': kubeContextSchema.shape.signsIn.options,
  'inside.group': kindGroups,
  'forwards.state': forwardStates,
  'inside.views': ['about', 'logs', 'shell', 'files', 'forward', 'yaml'],
  podFiles: ['in', 'out'],
  'recorder.state': recordedPodStates,
  'logs.ranges': ['last', 'five', 'hour', 'all'],
  'logs.state': ['reading', 'live', 'lost', 'ended'],
  language: settingsSchema.shape.language.unwrap().options,
  'access.ways': signInWays,
  'images.tab': imagesTabs,
  'map.pods': podStateSchema.options,
  podState: podStateSchema.options,
  mirrors: ['elsewhere', 'k3s', 'stopped', 'busy'],
  'help.page': helpPages,
  'help.about': Object.keys(pageOf),
  'palette.group': entryGroups,
  'palette.loop': ['pause', 'resume', 'rebuild', 'stop'],
  'shortcuts.does': ['palette', 'shortcuts', 'new'],
  'shortcuts.part': Object.keys(partKeys),
  nav: ['clusters', 'templates', 'images', 'dev', 'kubeconfig', 'doctor', 'settings'],
  'newCluster.parameter': ['missing', 'whole', 'least', 'most'],
  'newCluster.name': ['empty', 'long', 'shape', 'taken'],
  nodeRole: nodeRoles,
  nodeState: nodeStateSchema.options,
  'nodes.action': nodeChanges,
  operation: operationKinds.flatMap((kind) => operationStateSchema.options.map((state) => `${kind}.${state}`)),
  operationState: operationStateSchema.options,
  'ports.action': ['move', 'close'],
  'ports.actionWhat': ['move', 'close'],
  'ports.problem': ['empty', 'port', 'address', 'protocol', 'target'],
  loop: Object.keys(chinese.loop),
  said: Object.keys(chinese.said),
  shell: ['browser', 'desktop', 'terminal'],
  stepState: stepStateSchema.options,
  steps: stepKinds,
  'editor.target': ['service', 'node'],
  import: ['file', 'address', 'text'],
  'import.is': ['template', 'kind', 'k3d'],
  'templates.as': ['file', 'link', 'kind', 'k3d'],
  'templates.severity': ['error', 'warning'],
  'templates.from': ['built-in', 'file'],
  notPossible: Object.keys(chinese.notPossible),
  density: settingsSchema.shape.density.unwrap().options,
  experiment: experiments,
  'settings.does': ['startAtLogin', 'updates'],
  theme: settingsSchema.shape.theme.unwrap().options,
  'timeline.lane': ['engine', 'cluster'],
  trouble: troubleKinds,
  problems: Object.keys(chinese.problems),
  unsupported: Object.keys(chinese.unsupported),
  verdict: [...checkSchema.shape.verdict.options, 'muted'],
  warnings: Object.keys(chinese.warnings),
  why: Object.keys(chinese.why),
};

/** Keys as they stand in the code, with every value that their blanks can have. */
function usedKeys(): Set<string> {
  const code = Object.values(sources).join('\n');
  const literals = code.matchAll(
    /(['"`])((?:[a-zA-Z][\w-]*)(?:\.(?:[\w-]|\$\{[^}]*\})+)+|loading|listSeparator|colon)\1/g,
  );
  return new Set(
    [...literals].flatMap((match) => {
      const [prefix = '', ...rest] = (match[2] ?? '').split(/\.?\$\{[^}]*\}/);
      if (rest.length === 0) return [prefix];
      return (families[prefix] ?? []).map((value) => `${prefix}.${value}${rest.at(-1)}`);
    }),
  );
}

it('every text is used somewhere', () => {
  const used = usedKeys();
  const bases = [...translated.keys()].map((key) => key.replace(plural, ''));
  const unused = [...new Set(bases)].filter((key) => !used.has(key));
  expect(unused).toEqual([]);
});

it('no component has text of its own', () => {
  const found = Object.entries(sources)
    .filter(([file]) => file.endsWith('.tsx'))
    .flatMap(([file, code]) => [
      ...[...code.matchAll(/(?<!=)>\s*([A-Z][\w’']*(?:\s+[\w’']+)*[.!?]?)\s*</g)].map(
        (match) => `${file}: ${match[1]}`,
      ),
      ...[...code.matchAll(/(?:aria-label|title|placeholder|label|description)="([A-Z][^"]*)"/g)].map(
        (match) => `${file}: ${match[1]}`,
      ),
    ]);
  // Names are the same in every language.
  expect(found.filter((text) => !/: (Boathouse|Kubernetes|YAML)$/.test(text))).toEqual([]);
});
