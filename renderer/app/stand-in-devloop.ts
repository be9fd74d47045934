// The dev loop's part of the stand-in of the core: a project that is read, one that is broken, a folder that could be one.
import { ORPCError } from '@orpc/client';
import type { Client } from '../../shared/contract';
import type { Artifact } from '../../shared/model/devloop/artifact';
import type { Project, Reading } from '../../shared/model/devloop/project';
import type { Proposal, RememberedProject } from '../../shared/model/devloop/proposal';
import { AppError } from '../../shared/model/errors';
import type { Feed } from '../../shared/model/feed';
import { createTopic } from './stand-in-topic';

const file = '/home/ana/shop/skaffold.yaml';
const noHooks = { before: [], after: [] };
const noFlags = { global: [], install: [], upgrade: [], depBuild: [], template: [] };
const at = (line: number) => ({ file, line, column: 5 });

function artifact(image: string, line: number, more: Partial<Artifact> = {}): Artifact {
  const context = `/home/ana/shop/${image}`;
  return {
    image,
    context,
    builder: {
      kind: 'docker',
      dockerfile: `${context}/Dockerfile`,
      buildArgs: {},
      addHost: [],
      cacheFrom: [],
      cliFlags: [],
      pullParent: false,
      noCache: false,
      squash: false,
      secrets: [],
    },
    platforms: [],
    requires: [],
    hooks: noHooks,
    at: at(line),
    ...more,
  };
}

export const sampleProject: Project = {
  dir: '/home/ana/shop',
  name: 'shop',
  modules: [
    {
      name: 'shop',
      file,
      dir: '/home/ana/shop',
      artifacts: [
        artifact('web', 6, { sync: { kind: 'infer', patterns: ['**/*.html', '**/*.css'], hooks: noHooks } }),
        artifact('api', 11),
      ],
      build: {
        concurrency: 1,
        useDockerCLI: false,
        insecureRegistries: [],
        tagPolicy: { kind: 'sha256' },
        hooks: noHooks,
      },
      deployment: {
        rawYaml: [{ pattern: '/home/ana/shop/k8s/*.yaml', at: at(18) }],
        kustomize: [],
        charts: [],
        chartFlags: noFlags,
        releases: [],
        releaseFlags: noFlags,
        renderHooks: noHooks,
        deployHooks: noHooks,
        statusCheck: true,
        statusCheckDeadline: 600,
        tolerateFailures: false,
        logPrefix: 'auto',
        logJsonFields: [],
      },
      portForwards: [
        {
          resourceType: 'service',
          resourceName: 'web',
          port: 80,
          address: '127.0.0.1',
          localPort: 8080,
          at: at(20),
        },
      ],
    },
  ],
  profiles: [
    { name: 'fast', active: true, by: 'command' },
    { name: 'cloud', active: false },
  ],
  files: [file],
  unsupported: [
    {
      ...at(14),
      path: 'build.artifacts[2].ko',
      field: 'ko',
      effect: 'left-out',
      code: 'ko',
      why: 'images are built from Dockerfiles and by commands, not by ko',
      meaning: 'this image is not built, and pods that use it run the one that their nodes can get',
    },
    {
      ...at(24),
      path: 'verify',
      field: 'verify',
      effect: 'nothing',
      code: 'verify',
      why: 'it is for "skaffold verify"',
      meaning: 'a dev loop does not run it',
    },
  ],
  problems: [
    {
      ...at(11),
      severity: 'warning',
      message: 'there is no Dockerfile api/Dockerfile',
      path: '',
      code: 'gone-dockerfile',
      params: { file: 'api/Dockerfile' },
    },
  ],
};

const broken: Reading = {
  kind: 'broken',
  dir: '/home/ana/blog',
  files: ['/home/ana/blog/skaffold.yaml'],
  problems: [
    {
      file: '/home/ana/blog/skaffold.yaml',
      line: 4,
      column: 3,
      severity: 'error',
      path: 'build.artefacts',
      message: 'build.artefacts is not known here, did you mean artifacts?',
      code: 'unknown-meant',
      params: { name: 'build.artefacts', meant: 'artifacts' },
    },
  ],
  unsupported: [],
};

const proposal: Proposal = {
  dir: '/home/ana/notes',
  artifacts: [{ image: 'notes', context: '.', dockerfile: 'Dockerfile', namedBy: 'manifest' }],
  manifests: ['k8s/notes.yaml'],
  kustomizations: [],
  charts: [],
  fetched: ['redis'],
  cut: false,
  yaml: `apiVersion: skaffold/v4beta14
kind: Config
metadata:
  name: notes
build:
  artifacts:
    - image: notes
manifests:
  rawYaml:
    - k8s/*.yaml
`,
};

export const sampleProjects: RememberedProject[] = [
  { dir: '/home/ana/shop', name: 'shop', context: 'kind-shop', profiles: [], openedAt: Date.now() - 120_000 },
  { dir: '/home/ana/blog', name: 'blog', profiles: [], openedAt: Date.now() - 90_000_000 },
];

/** The calls. */
export function devloopStandIn(
  world: { projects: RememberedProject[] },
  enter: (call: string, input?: unknown) => void,
): Client['devloop'] {
  let revision = 0;
  const all = (): Feed<RememberedProject> => ({ type: 'snapshot', revision, items: world.projects });
  const topic = createTopic<Feed<RememberedProject>>(all);
  const put = (projects: RememberedProject[]) => {
    world.projects = projects;
    revision += 1;
    topic.send(all());
  };
  let saved = false;
  return {
    projects: async (_input, call) => topic.open(call?.signal),
    read: async ({ dir, profiles = [] }) => {
      enter('devloop.read');
      const project = { ...sampleProject, dir };
      if (dir === '/home/ana/blog') return broken;
      if (dir === '/home/ana/shop' || (dir === proposal.dir && saved)) {
        const used = (name: string) => profiles.includes(name) || (name === 'fast' && !profiles.includes('-fast'));
        const shown = project.profiles.map(({ name, by }) => ({
          name,
          active: used(name),
          ...(used(name) && by && { by }),
        }));
        return { kind: 'project', project: { ...project, profiles: shown } };
      }
      if (dir.startsWith('/home/ana/')) return { kind: 'none', dir };
      const gone = new AppError('not-found', `There is no folder ${dir}`, { params: { what: dir } });
      throw new ORPCError('APP_ERROR', { status: 500, data: gone.toData() });
    },
    propose: async ({ dir }) => {
      const { yaml: _none, ...nothing } = proposal;
      return dir === proposal.dir ? proposal : { ...nothing, dir, artifacts: [], manifests: [], fetched: [] };
    },
    save: async (input) => {
      enter('devloop.save', input);
      saved = true;
      return { file: `${input.dir}/skaffold.yaml` };
    },
    folders: async ({ path }) =>
      ['/home/ana/blog', '/home/ana/notes', '/home/ana/shop']
        .filter((one) => one.startsWith(path || '/home/ana/'))
        .map((one) => ({ path: one, project: one !== proposal.dir })),
    chooseFolder: async () => ({ dir: '/home/ana/shop' }),
    samples: async () => ['go-service', 'node-service', 'python-queue', 'static-page'],
    startSample: async (input) => {
      enter('devloop.startSample', input);
      return { dir: input.dir };
    },
    remember: async (input) => {
      enter('devloop.remember', input);
      const others = world.projects.filter(({ dir }) => dir !== input.dir);
      put([{ ...input, profiles: input.profiles ?? [], openedAt: Date.now() }, ...others]);
    },
    forget: async (input) => {
      enter('devloop.forget', input);
      put(world.projects.filter(({ dir }) => dir !== input.dir));
    },
  };
}
