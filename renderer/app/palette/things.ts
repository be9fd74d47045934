// Entries for what there is: clusters with what can be done to them, contexts, templates, images, projects, loops. Pure.
import type { TFunction } from 'i18next';
import type { Cluster } from '../../../shared/model/cluster';
import type { Loop } from '../../../shared/model/devloop/loop';
import type { RememberedProject } from '../../../shared/model/devloop/proposal';
import type { EngineImage } from '../../../shared/model/images';
import type { KubeContext } from '../../../shared/model/kubeconfig';
import { hasEnded, type Operation } from '../../../shared/model/operation';
import type { TemplateEntry } from '../../../shared/model/template/entry';
import { type ClusterAction, nextAction, possibleActions } from '../../parts/cluster-actions';
import { clusterTabs } from '../route';
import type { Entry } from './entry';

const verbs: Partial<Record<ClusterAction, (name: string) => string>> = {
  open: (name) => `boathouse status ${name}`,
  start: (name) => `boathouse start ${name}`,
  resume: (name) => `boathouse resume ${name}`,
  pause: (name) => `boathouse pause ${name}`,
  stop: (name) => `boathouse stop ${name}`,
  use: (name) => `boathouse use ${name}`,
  pauseUntil: (name) => `boathouse pause ${name} --wake`,
  wakeOn: (name) => `boathouse pause ${name} --wake`,
  wakeOff: (name) => `boathouse pause ${name}`,
  cleanup: (name) => `boathouse cleanup ${name}`,
  logs: (name) => `boathouse logs export ${name}`,
  delete: (name) => `boathouse delete ${name}`,
};

export function clusterEntries(t: TFunction, cluster: Cluster): Entry[] {
  const { name } = cluster;
  const actions = new Set<ClusterAction>(['open', nextAction(cluster), ...possibleActions(cluster), 'logs']);
  const tabs = clusterTabs.slice(1).map(
    (tab): Entry => ({
      id: `go cluster ${name} ${tab}`,
      group: 'clusters',
      label: `${name}${t('colon')}${t(`cluster.tab.${tab}`)}`,
      words: tab,
      minor: true,
      deed: { do: 'go', route: { screen: 'cluster', name, tab } },
    }),
  );
  return [
    ...[...actions].map((action): Entry => {
      const verb = t(action === 'delete' ? 'palette.delete' : `action.${action}`);
      const command = verbs[action]?.(name);
      return {
        id: `cluster ${action} ${name}`,
        group: action === 'open' ? 'clusters' : 'actions',
        label: action === 'open' ? name : t('action.named', { action: verb, name }),
        about: action === 'open' ? t(`clusterState.${cluster.state}`) : '',
        words: `${action} cluster`,
        ...(command !== undefined && { command }),
        deed: { do: 'cluster', name, action },
      };
    }),
    ...tabs,
  ];
}

export function contextEntries(t: TFunction, { name, current, server = '' }: KubeContext): Entry[] {
  const look: Entry = {
    id: `inside ${name}`,
    group: 'contexts',
    label: t('palette.inside', { name }),
    about: current ? t('palette.current') : server,
    words: 'inside context objects workloads',
    command: `boathouse get ${name} pods`,
    deed: { do: 'go', route: { screen: 'inside', context: name } },
  };
  if (current) return [look];
  return [
    {
      id: `switch ${name}`,
      group: 'contexts',
      label: t('palette.switch', { name }),
      about: server,
      words: 'switch use context',
      command: `boathouse use ${name}`,
      deed: { do: 'switch', context: name },
    },
    look,
  ];
}

export function templateEntries(t: TFunction, { id, origin, template }: TemplateEntry, title: string): Entry[] {
  const read: Entry = {
    id: `template ${id}`,
    group: 'templates',
    label: title,
    words: `template ${id}`,
    command: `boathouse templates show ${id}`,
    deed: { do: 'go', route: { screen: 'templates', id } },
  };
  const make: Entry = {
    id: `new ${id}`,
    group: 'actions',
    label: t('palette.newFrom', { name: title }),
    words: `new create cluster template ${id}`,
    command: `boathouse create --template ${id}`,
    deed: { do: 'go', route: { screen: 'new-cluster', template: id } },
  };
  const edit: Entry = {
    id: `edit ${id}`,
    group: 'templates',
    label: t('palette.editTemplate', { name: title }),
    words: `edit template ${id}`,
    deed: { do: 'go', route: { screen: 'template-editor', id } },
  };
  return [read, ...(template ? [make] : []), ...(origin === 'file' ? [edit] : [])];
}

/** An image of the engine, and bringing it into each cluster that runs. */
export function imageEntries(t: TFunction, { names }: EngineImage, running: readonly string[]): Entry[] {
  const [image] = names;
  if (image === undefined) return [];
  return [
    {
      id: `image ${image}`,
      group: 'images',
      label: image,
      about: t('images.tab.engine'),
      words: 'image',
      deed: { do: 'go', route: { screen: 'images', tab: 'engine' } },
    },
    ...running.map(
      (cluster): Entry => ({
        id: `load ${image} ${cluster}`,
        group: 'actions',
        label: t('palette.load', { image, name: cluster }),
        words: 'load image',
        command: `boathouse images load ${cluster} ${image}`,
        deed: { do: 'load', image, cluster },
      }),
    ),
  ];
}

export function projectEntry({ dir, name }: RememberedProject): Entry {
  return {
    id: `project ${dir}`,
    group: 'projects',
    label: name,
    about: dir,
    words: 'dev loop project',
    command: `boathouse dev ${dir}`,
    deed: { do: 'go', route: { screen: 'dev', dir } },
  };
}

export function loopEntries(t: TFunction, { id, name, state, context }: Loop): Entry[] {
  if (state === 'ended' || state === 'stopping') return [];
  const held = state === 'paused' || state === 'orphaned';
  const possible = held ? (['resume', 'stop'] as const) : (['pause', 'rebuild', 'stop'] as const);
  return possible.map((verb) => ({
    id: `loop ${verb} ${name} ${context}`,
    group: 'actions',
    label: t(`palette.loop.${verb}`, { name }),
    about: context,
    words: `dev loop ${verb}`,
    deed: { do: 'loop', id, verb },
  }));
}

export function cancelEntry(t: TFunction, { id, state }: Operation, title: string): Entry[] {
  if (hasEnded(state)) return [];
  return [
    {
      id: `cancel ${id}`,
      group: 'actions',
      label: t('palette.cancel', { name: title }),
      words: 'cancel stop operation',
      deed: { do: 'cancel', operation: id },
    },
  ];
}
