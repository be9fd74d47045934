// What a loop works from: the project, each artifact's files and the manifests, looked at anew where something was touched.
import { createHash } from 'node:crypto';
import { join, relative, sep } from 'node:path';
import type { Artifact } from '../../../../shared/model/devloop/artifact';
import type { Module, Project, Reading } from '../../../../shared/model/devloop/project';
import { AppError, asAppError } from '../../../../shared/model/errors';
import { type Dependencies, dependenciesOf, placesOf } from '../dependencies/artifact';
import { createInventory, type FileChange, type Inventory, type Snapshot } from '../dependencies/inventory';
import { placesBeside } from '../deploy/kustomization';
import type { RenderRequest } from '../deploy/programs';
import { releasesDigest } from '../deploy/release-files';
import { manifestPlaces, type Rendered, render, renderedDigest } from '../deploy/render';
import { loopHint } from '../words';

export interface Source {
  readonly artifact: Artifact;
  readonly module: Module;
  readonly dependencies: Dependencies;
  readonly snapshot: Snapshot;
  /** Of everything that makes its image but its files. */
  readonly recipe: string;
  /** Of everything that makes its image. */
  readonly digest: string;
}

export interface Look {
  readonly project: Project | undefined;
  readonly sources: ReadonlyMap<string, Source>;
  /** By module, in the project's order, without images. */
  readonly manifests: readonly (readonly Rendered[])[];
  /** Differs when what is deployed does, whatever its images are. */
  readonly deployment: string;
  /** Differs when there is something to do. */
  readonly fingerprint: string;
  /** What cannot be used as it is. */
  readonly failure: AppError | undefined;
  /** Absolute paths; since the last look. */
  readonly changes: readonly FileChange[];
  /** Files that are looked at. */
  readonly files: number;
}

export interface SourcesRequest {
  readonly dir: string;
  read(): Promise<Reading>;
  /** `linux/amd64`, of the cluster's nodes. */
  readonly platform: string;
  readonly namespace: string;
  readonly environment: RenderRequest['environment'];
}

export interface Sources {
  /** @param touched absolute paths; undefined: anything may have changed. Throws only when aborted. */
  look(touched: ReadonlySet<string> | undefined, signal: AbortSignal): Promise<Look>;
  /** Absolute places to watch, and folders not to look into. */
  watched(): { roots: string[]; closes(folder: string): boolean };
}

interface Known {
  readonly artifact: Artifact;
  readonly module: Module;
  dependencies?: Dependencies;
  inventory?: Inventory;
  /** What was touched could not be taken in: it is all looked at anew. */
  unsure?: boolean;
}

/** What a module deploys. */
interface Deployed {
  readonly rendered: readonly Rendered[];
  /** Of the files that helm reads itself. */
  readonly releases: string;
}

export function createSources(request: SourcesRequest): Sources {
  let project: Project | undefined;
  let projectFiles: readonly string[] = [];
  let projectFailure: AppError | undefined;
  let known: Known[] = [];
  /** By module; undefined where it is to be made anew. */
  let deployed: (Deployed | undefined)[] = [];
  /** By module: what is looked at for its manifests, absolute. */
  let places: (readonly string[])[] = [];

  async function look(touched: ReadonlySet<string> | undefined, signal: AbortSignal): Promise<Look> {
    const touches = (place: string) =>
      !touched ||
      [...touched].some((path) => path === place || path.startsWith(`${place}/`) || place.startsWith(`${path}/`));
    if (projectFiles.length === 0 || projectFailure || projectFiles.some(touches)) await readProject();
    const sources = new Map<string, Source>();
    const changes: FileChange[] = [];
    let failure = projectFailure;
    for (const one of known) {
      try {
        const source = await lookAt(one, touched, touches, signal);
        changes.push(
          ...source.snapshot.changes.map(({ path, kind }) => ({ kind, path: join(one.artifact.context, path) })),
        );
        sources.set(one.artifact.image, source);
      } catch (error) {
        signal.throwIfAborted();
        failure ??= asAppError(error);
      }
    }
    if (project) {
      const unrendered = await renderAll(project, touches, signal);
      failure ??= unrendered;
    }
    const trouble = failure ? `${failure.message} ${failure.detail ?? ''}` : '';
    const words = [...sources].map(([image, { digest }]) => `${image} ${digest}`);
    const deployment = deploymentDigest(project?.modules ?? [], deployed);
    const fingerprint = [...words, deployment, trouble].join('\n');
    const files = [...sources.values()].reduce((sum, { snapshot }) => sum + snapshot.entries.size, 0);
    const manifests = deployed.map((one) => one?.rendered ?? []);
    return { project, sources, manifests, deployment, fingerprint, failure, changes, files };
  }

  async function readProject(): Promise<void> {
    try {
      const reading = await request.read();
      projectFiles = reading.kind === 'none' ? [join(request.dir, 'skaffold.yaml')] : filesOf(reading);
      projectFailure = reading.kind === 'project' ? undefined : unusable(reading);
      if (reading.kind !== 'project') return;
      project = reading.project;
    } catch (error) {
      projectFiles = [join(request.dir, 'skaffold.yaml')];
      projectFailure = asAppError(error);
      return;
    }
    deployed = [];
    places = project.modules.map(({ deployment }) => manifestPlaces(deployment));
    const before = new Map(known.map((one) => [one.artifact.image, one]));
    known = project.modules.flatMap((module) =>
      module.artifacts.map((artifact): Known => {
        const old = before.get(artifact.image);
        const same = old && JSON.stringify({ ...old.artifact, at: 0 }) === JSON.stringify({ ...artifact, at: 0 });
        return same ? { ...old, artifact, module } : { artifact, module };
      }),
    );
  }

  async function lookAt(
    one: Known,
    touched: ReadonlySet<string> | undefined,
    touches: (place: string) => boolean,
    signal: AbortSignal,
  ): Promise<Source> {
    const { artifact, module } = one;
    const asksCommand = artifact.builder.kind === 'custom' && artifact.builder.dependencies.kind === 'command';
    const unsure = one.unsure;
    one.unsure = true;
    if (
      unsure ||
      !one.dependencies ||
      !one.inventory ||
      one.dependencies.files.some(touches) ||
      (asksCommand && touches(artifact.context))
    ) {
      const platform = artifact.platforms[0] ?? request.platform;
      const dependencies = await dependenciesOf(artifact, platform, signal);
      const same = one.dependencies && sameSelection(one.dependencies, dependencies);
      one.dependencies = dependencies;
      if (!same) one.inventory = createInventory(dependencies.selection);
    }
    const { dependencies } = one;
    const inventory = one.inventory ?? createInventory(dependencies.selection);
    one.inventory = inventory;
    const snapshot = await inventory.refresh(
      signal,
      touched && !unsure ? inside(artifact.context, touched) : undefined,
    );
    one.unsure = false;
    const { recipe } = dependencies;
    return { artifact, module, dependencies, snapshot, recipe, digest: `${recipe} ${snapshot.digest}` };
  }

  /** Those whose files were touched, or that could not be made before. Returns the first failure. */
  async function renderAll({ modules }: Project, touches: (place: string) => boolean, signal: AbortSignal) {
    const { namespace, environment } = request;
    const before = deployed;
    const made = await Promise.allSettled(
      modules.map(async ({ deployment }, index): Promise<Deployed> => {
        const known = before[index];
        if (known && places[index]?.some(touches) === false) return known;
        places[index] = [...manifestPlaces(deployment), ...(await besideAll(deployment))];
        const rendered = await render({ deployment, images: new Map(), namespace, environment }, signal);
        return { rendered, releases: await releasesDigest(deployment, signal) };
      }),
    );
    signal.throwIfAborted();
    deployed = made.map((one) => (one.status === 'fulfilled' ? one.value : undefined));
    const failed = made.find((one) => one.status === 'rejected');
    return failed && asAppError(failed.reason);
  }

  function watched() {
    const roots = new Set([
      ...projectFiles,
      ...known.flatMap(({ artifact, dependencies }) =>
        dependencies ? placesOf(dependencies) : dockerfileOf(artifact),
      ),
      ...places.flat(),
    ]);
    const selections = known.flatMap(({ dependencies }) => (dependencies ? [dependencies.selection] : []));
    const shown = places.flat();
    return {
      roots: [...roots],
      closes(folder: string) {
        if (shown.some((place) => folder === place || folder.startsWith(`${place}/`))) return false;
        const own = selections.filter(({ root }) => folder.startsWith(`${root}${sep}`));
        return own.length > 0 && own.every(({ root, closes }) => closes(relative(root, folder).split(sep).join('/')));
      },
    };
  }

  return { look, watched };
}

/** Places of kustomizations outside their folders. */
async function besideAll({ kustomize }: Module['deployment']): Promise<string[]> {
  return (await Promise.all(kustomize.map(({ dir }) => placesBeside(dir)))).flat();
}

/** Of everything that a round deploys but its images. Where in a file it stands is no part of it. Pure. */
function deploymentDigest(modules: readonly Module[], deployed: readonly (Deployed | undefined)[]): string {
  const wanted = modules.map(({ deployment, portForwards }) => ({ deployment, portForwards }));
  const words = JSON.stringify(wanted, (key, value) => (key === 'at' ? undefined : value));
  const made = deployed.map((one) => (one ? `${renderedDigest(one.rendered)} ${one.releases}` : ''));
  return createHash('sha256')
    .update([words, ...made].join('\n'))
    .digest('hex');
}

function dockerfileOf({ builder }: Artifact): string[] {
  return builder.kind === 'docker' ? [builder.dockerfile] : [];
}

/** Whether the files that were taken before are those that are taken now: then what is known of them stays. */
function sameSelection(before: Dependencies, after: Dependencies): boolean {
  const [one, other] = [before.docker?.needs.sources, after.docker?.needs.sources];
  // What `.dockerignore` says cannot be compared: it is looked at anew.
  return one !== undefined && JSON.stringify(one) === JSON.stringify(other) && before.ignored === after.ignored;
}

/** Of absolute paths those below a folder, relative; what is above it touches all of it. */
function inside(root: string, touched: ReadonlySet<string>): string[] {
  return [...touched].flatMap((path) => {
    if (root === path || root.startsWith(`${path}${sep}`)) return [''];
    return path.startsWith(`${root}${sep}`)
      ? [
          path
            .slice(root.length + 1)
            .split(sep)
            .join('/'),
        ]
      : [];
  });
}

function filesOf(reading: Exclude<Reading, { kind: 'none' }>): readonly string[] {
  return reading.kind === 'project' ? reading.project.files : reading.files;
}

function unusable(reading: Exclude<Reading, { kind: 'project' }>): AppError {
  if (reading.kind === 'none') {
    return new AppError('not-found', `There is no skaffold.yaml in ${reading.dir}`, {
      params: { what: join(reading.dir, 'skaffold.yaml') },
      hints: [loopHint('write-project')],
    });
  }
  const [first] = reading.problems.filter(({ severity }) => severity === 'error');
  const { file, line, column, message } = first ?? {
    file: reading.dir,
    line: 1,
    column: 1,
    message: 'it cannot be used',
  };
  return new AppError('bad-input', `${file}:${line}: ${message}`, {
    params: { file, line, column, reason: message },
    detail: reading.problems.map((one) => `${one.file}:${one.line}:${one.column}: ${one.message}`).join('\n'),
    hints: [loopHint('mend-project')],
  });
}
