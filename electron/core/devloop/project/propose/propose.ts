// Makes a project of a folder that has no skaffold.yaml: matches what was found, and writes the file that says so.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dirname, extname, join as joinPosix, normalize, relative } from 'node:path/posix';
import { Document } from 'yaml';
import type { Proposal } from '../../../../../shared/model/devloop/proposal';
import { newestVersion } from '../versions';
import { asMap, type Found, find } from './find';
import { type Buildable, imagesIn, match, withoutTag } from './match';

/** Of several overlays the one that is for this computer. */
const nearNames = ['local', 'dev', 'development'];

/** Reads only; nothing is run or written. */
export async function propose(dir: string, signal: AbortSignal): Promise<Proposal> {
  const found = await find(dir, signal);
  const kustomizations = chosenKustomizations(found.kustomizations);
  const used = resourcesOf(found.kustomizations);
  const manifests = found.manifests.filter(
    ({ path }) => !used.some((one) => path === one || path.startsWith(`${one}/`)),
  );
  const charts = found.charts.map((chart) => ({ ...chart, images: imagesOfValues(chart.values) }));
  const named = [
    ...imagesIn(found.manifests.flatMap(({ objects }) => objects)),
    ...charts.flatMap(({ images }) => images),
  ];
  const buildable = await Promise.all(found.dockerfiles.map((file) => buildableOf(dir, file)));
  const { artifacts, fetched } = match(buildable, [...new Set(named)], basename(dir));
  const proposal: Proposal = {
    dir,
    artifacts,
    manifests: manifests.map(({ path }) => path),
    kustomizations,
    charts: charts.map((chart) => chart.dir),
    fetched,
    cut: found.cut,
  };
  const empty = artifacts.length + manifests.length + kustomizations.length + charts.length === 0;
  return empty ? proposal : { ...proposal, yaml: yamlOf(proposal, charts) };
}

function yamlOf(
  { dir, artifacts, manifests, kustomizations }: Proposal,
  charts: readonly { dir: string; images: string[] }[],
) {
  const names = new Set(artifacts.map(({ image }) => image));
  const config = {
    apiVersion: newestVersion,
    kind: 'Config',
    metadata: { name: configName(basename(dir)) },
    ...(artifacts.length > 0 && {
      build: {
        artifacts: artifacts.map(({ image, context, dockerfile }) => {
          const inContext = relative(context, dockerfile);
          return {
            image,
            ...(context !== '.' && { context }),
            ...(inContext !== 'Dockerfile' && { docker: { dockerfile: inContext } }),
          };
        }),
      },
    }),
    manifests: {
      ...(manifests.length > 0 && { rawYaml: patternsOf(manifests) }),
      ...(kustomizations.length > 0 && { kustomize: { paths: kustomizations } }),
      ...(manifests.length + kustomizations.length === 0 && { rawYaml: [] }),
    },
    ...(charts.length > 0 && {
      deploy: {
        helm: {
          releases: charts.map((chart) => {
            const image = chart.images.find((one) => names.has(one));
            const key = image?.replaceAll(/[^\w]/g, '_');
            return {
              name: configName(chart.dir === '.' ? basename(dir) : basename(chart.dir)),
              chartPath: chart.dir,
              ...(key && {
                setValueTemplates: {
                  'image.repository': `{{.IMAGE_REPO_${key}}}`,
                  'image.tag': `{{.IMAGE_TAG_${key}}}@{{.IMAGE_DIGEST_${key}}}`,
                },
              }),
            };
          }),
        },
      },
    }),
  };
  const { rawYaml } = config.manifests;
  const { manifests: _none, ...withoutManifests } = config;
  const nothing = rawYaml?.length === 0;
  return new Document(nothing ? withoutManifests : config).toString({ lineWidth: 120 });
}

/** Whole folders where manifests lie below the top, so that a file that comes is deployed, too. */
function patternsOf(manifests: readonly string[]): string[] {
  return [...new Set(manifests.map((path) => (dirname(path) === '.' ? path : `${dirname(path)}/*${extname(path)}`)))];
}

function configName(name: string): string {
  return (
    name
      .toLowerCase()
      .replaceAll(/[^a-z0-9]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, 53) || 'app'
  );
}

/** What other kustomizations are made of is no end in itself; of overlays beside each other, the one for this computer. */
function chosenKustomizations(all: Found['kustomizations']): string[] {
  const used = resourcesOf(all);
  const ends = all.map(({ dir }) => dir).filter((dir) => !used.includes(dir));
  const chosen = new Map<string, string>();
  for (const dir of ends) {
    const beside = dirname(dir);
    const before = chosen.get(beside);
    const nearer = nearNames.includes(basename(dir)) && !(before && nearNames.includes(basename(before)));
    const siblings = /(^|\/)(overlays?|environments?|envs?)$/.test(beside);
    if (!siblings) chosen.set(dir, dir);
    else if (!before || nearer) chosen.set(beside, dir);
  }
  return [...chosen.values()];
}

/** Files and folders that kustomizations take in, relative to the whole. */
function resourcesOf(all: Found['kustomizations']): string[] {
  return all.flatMap(({ dir, content }) => {
    const keys = ['resources', 'bases', 'components', 'patches', 'patchesStrategicMerge', 'crds'];
    const paths = keys.flatMap((key) => (Array.isArray(content[key]) ? content[key] : []));
    return paths.flatMap((path) => {
      const written = typeof path === 'string' ? path : asMap(path).path;
      return typeof written === 'string' && !/[\n:]/.test(written)
        ? [normalize(joinPosix(dir, written)).replace(/\/$/, '')]
        : [];
    });
  });
}

/** The common convention of charts: `image.repository`, also below the names of their parts. */
function imagesOfValues(values: unknown): string[] {
  const image = asMap(asMap(values).image).repository;
  return typeof image === 'string' && image ? [withoutTag(image)] : [];
}

/** The folder of a Dockerfile is its context, unless what it copies is only found from the top. */
async function buildableOf(dir: string, dockerfile: string): Promise<Buildable> {
  const own = dirname(dockerfile);
  const text = await readFile(join(dir, dockerfile), 'utf8').catch(() => '');
  const sources = [...text.matchAll(/^\s*(?:COPY|ADD)\s+((?:--(?!from)\S+\s+)*)([^-[\s][^\n]*)$/gim)].flatMap(
    ([, , words = '']) => {
      return words.trim().split(/\s+/).slice(0, -1);
    },
  );
  const plain = sources.filter((source) => !/[*?[$]|^https?:|^\.?\/?$/.test(source) && source !== '.');
  const all = (from: string) => plain.every((source) => existsSync(join(dir, from, source)));
  return { dockerfile, context: own !== '.' && plain.length > 0 && !all(own) && all('.') ? '.' : own };
}
