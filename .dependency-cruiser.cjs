// Layers as lint: who may import whom (ARCHITECTURE.md), no cycles, no import that leads nowhere.
/** Tests, and what only they use. */
const tests = [
  '\\.test\\.tsx?$',
  '\\.test-data\\.ts$',
  '-for-test\\.ts$',
  '/testing/',
  '/testing\\.ts$',
  '/test-setup\\.ts$',
  '^electron/host/stand-in-',
  '^electron/cli/memory-terminal\\.ts$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'nothing-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'shared-knows-no-one',
      comment: 'shared: the words of both sides; imports zod and @orpc/contract, nothing else',
      severity: 'error',
      from: { path: '^shared/', pathNot: tests },
      to: { pathNot: ['^shared/', '^node_modules/(zod|@orpc/contract)/'] },
    },
    {
      name: 'core-knows-no-front',
      comment: 'core imports shared only, and never electron',
      severity: 'error',
      from: { path: '^electron/core/', pathNot: tests },
      to: {
        path: '^(electron/(?!core/)|renderer/|e2e/)|^electron$|/node_modules/electron(-store)?/|^node_modules/electron(-store)?/',
      },
    },
    {
      name: 'only-desktop-knows-electron',
      severity: 'error',
      from: { pathNot: '^electron/desktop/' },
      to: { path: '^electron$|^node_modules/electron(-store)?/' },
    },
    {
      name: 'host-knows-core',
      comment: 'host -> core, shared',
      severity: 'error',
      from: { path: '^electron/host/' },
      to: { path: '^(electron/(cli|desktop)/|renderer/|e2e/)' },
    },
    {
      name: 'cli-knows-core',
      comment: 'cli -> core, shared; and host, which `boathouse serve` is',
      severity: 'error',
      from: { path: '^electron/cli/' },
      to: { path: '^(electron/desktop/|renderer/|e2e/)' },
    },
    {
      name: 'desktop-knows-core',
      comment: 'desktop -> core, shared',
      severity: 'error',
      from: { path: '^electron/desktop/', pathNot: tests },
      to: { path: '^(electron/(cli|host)/|renderer/|e2e/)' },
    },
    {
      name: 'fronts-know-core-only',
      comment: 'electron/front.ts: what fronts tell the core; no room of theirs',
      severity: 'error',
      from: { path: '^electron/front\\.ts$' },
      to: { path: '^(electron/(cli|host|desktop)/|renderer/|e2e/)' },
    },
    {
      name: 'renderer-knows-shared',
      comment: 'renderer -> shared; never Node, never electron/',
      severity: 'error',
      from: { path: '^renderer/', pathNot: tests },
      to: { path: '^(electron/|e2e/)' },
    },
    {
      name: 'renderer-runs-in-browsers',
      severity: 'error',
      from: { path: '^renderer/', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'product-needs-no-tests',
      comment: 'what is for tests stays in tests',
      severity: 'error',
      from: { path: '^(electron|renderer|shared)/', pathNot: tests },
      to: { path: tests },
    },
    {
      name: 'dependencies-are-declared',
      comment: 'what runs in electron/ is a dependency; the renderer is bundled from devDependencies',
      severity: 'error',
      from: { path: '^electron/', pathNot: tests },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '^node_modules/(electron|@types)/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|release)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
