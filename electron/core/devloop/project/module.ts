// One configuration, profiles applied and checked, as a module of a project.
import type { PortForward } from '../../../../shared/model/devloop/deployment';
import type { Module } from '../../../../shared/model/devloop/project';
import type { SingleTagPolicy, TagPolicy } from '../../../../shared/model/devloop/tag-policy';
import type { Path } from '../../templates/places';
import { artifactsOf } from './artifacts';
import { deploymentOf } from './deployment';
import { fillTemplate } from './go-template';
import { buildHooksOf } from './hooks';
import { say } from './reader-words';
import type { TagPolicyText } from './schema/build';
import type { Config } from './schema/config';
import type { Source } from './source';
import { tellUnsupported } from './tell-unsupported';

/** skaffold 2.19: how times are written in tags. */
const defaultTimeFormat = '2006-01-02_15-04-05.999_MST';

export function moduleOf(config: Config, source: Source): Module {
  tellUnsupported(source);
  const { build = {} } = config;
  const { push, useBuildkit, useDockerCLI = false, concurrency = 1 } = build.local ?? {};
  return {
    name: config.metadata?.name ?? '',
    file: source.file,
    dir: source.dir,
    artifacts: artifactsOf(config, source),
    build: {
      concurrency: Math.max(0, concurrency),
      ...(push !== undefined && { push }),
      ...(useBuildkit !== undefined && { useBuildkit }),
      useDockerCLI,
      insecureRegistries: build.insecureRegistries ?? [],
      tagPolicy: tagPolicyOf(build.tagPolicy, ['build', 'tagPolicy'], source),
      hooks: buildHooksOf(source, build.hooks),
    },
    deployment: deploymentOf(config, source),
    portForwards: portForwardsOf(config, source),
  };
}

function tagPolicyOf(text: TagPolicyText = {}, at: Path, source: Source): TagPolicy {
  if (!text.customTemplate) return singleOf(text, at, source);
  const { template, components = [] } = text.customTemplate;
  const below = [...at, 'customTemplate', 'components'];
  const named = components.map((component, index) => {
    return { name: component.name ?? '', policy: singleOf(component, [...below, index], source) };
  });
  if (!canFill(template)) return byContent(template, [...at, 'customTemplate', 'template'], source);
  return { kind: 'customTemplate', template, components: named };
}

function singleOf(text: TagPolicyText, at: Path, source: Source): SingleTagPolicy {
  if (text.sha256) return { kind: 'sha256' };
  if (text.inputDigest) return { kind: 'inputDigest' };
  if (text.envTemplate) {
    const path = [...at, 'envTemplate', 'template'];
    const { template } = text.envTemplate;
    if (!canFill(template)) return byContent(template, path, source);
    return { kind: 'envTemplate', template: source.fill(path, template, 'late') };
  }
  if (text.dateTime) {
    const { format = defaultTimeFormat, timezone = '' } = text.dateTime;
    return { kind: 'dateTime', format, timezone };
  }
  const { variant = 'Tags', prefix = '', ignoreChanges = false } = text.gitCommit ?? {};
  return { kind: 'gitCommit', variant, prefix, ignoreChanges };
}

function canFill(template: string): boolean {
  return fillTemplate(template, {}).unread.length === 0;
}

/** Nothing stale can run by a tag, since what runs is named by digest. */
function byContent(template: string, path: Path, source: Source): SingleTagPolicy {
  source.unsupported(path, 'template-tag', { template });
  return { kind: 'inputDigest' };
}

function portForwardsOf({ portForward = [] }: Config, source: Source): PortForward[] {
  return portForward.flatMap((forward, index) => {
    const path: Path = ['portForward', index];
    const { resourceType, resourceName, namespace, port, address = '127.0.0.1', localPort } = forward;
    if (resourceType?.toLowerCase() === 'container') {
      source.unsupported([...path, 'resourceType'], 'forward-container');
      return [];
    }
    if (!resourceType || !resourceName || !port) {
      const lacking = { resourceType, resourceName, port };
      const missing = Object.entries(lacking).flatMap(([name, value]) => (value ? [] : [name]));
      source.problem(path, say('port-lacks', { missing }), 'warning');
      return [];
    }
    if (!/^(127\.|localhost$|\[?::1\]?$)/.test(address)) source.unsupported([...path, 'address'], 'forward-address');
    const number = /^\d+$/.test(port) ? Number(port) : undefined;
    return [
      {
        resourceType: resourceType.toLowerCase(),
        resourceName: source.fill([...path, 'resourceName'], resourceName),
        ...(namespace && { namespace: source.fill([...path, 'namespace'], namespace) }),
        port: number ?? port,
        address,
        ...((localPort || number) && { localPort: localPort || number }),
        at: source.at(path),
      },
    ];
  });
}
