// What kind 0.33 makes of a configuration before it creates anything: every default filled in.
import { parse } from 'yaml';
import { readConfig } from '../config';
import { readDocument } from '../document';
import { type KindConfig, kindDefaults, kindSchema } from '../kind/schema';

/** @throws for a text that kind would refuse */
export function asKindSees(text: string): unknown {
  const read = readDocument(text, { merge: true });
  if ('problems' in read) throw new Error(read.problems[0]?.message);
  const found = readConfig(read, kindSchema, { typed: false });
  if ('problems' in found) throw new Error(`${found.problems[0]?.message} in ${JSON.stringify(parse(text))}`);
  return filledIn(found.config);
}

function filledIn(config: KindConfig) {
  const family = config.networking.ipFamily || 'ipv4';
  const defaults = kindDefaults[family];
  const nodes = config.nodes.length > 0 ? config.nodes : kindSchema.shape.nodes.parse([{}]);
  return {
    ...config,
    name: config.name || 'kind',
    networking: {
      ...config.networking,
      ipFamily: family,
      podSubnet: config.networking.podSubnet || defaults.podSubnet,
      serviceSubnet: config.networking.serviceSubnet || defaults.serviceSubnet,
      apiServerAddress: config.networking.apiServerAddress || defaults.apiServer,
      kubeProxyMode: config.networking.kubeProxyMode || 'iptables',
    },
    nodes: nodes.map((node) => ({
      ...node,
      extraMounts: node.extraMounts.map((mount) => ({ ...mount, propagation: mount.propagation || 'None' })),
      extraPortMappings: node.extraPortMappings.map((mapping) => ({
        ...mapping,
        listenAddress: mapping.listenAddress || defaults.listen,
        protocol: mapping.protocol || 'TCP',
      })),
    })),
  };
}
