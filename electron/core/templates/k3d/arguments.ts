// Arguments of k3s that say what a template has fields for: networking and taints.
import { rangesIn } from '../../../../shared/model/template/ranges';

/** k3s: the ranges of pods and Services where no argument names others. */
export const k3sSubnets = { podSubnet: '10.42.0.0/16', serviceSubnet: '10.43.0.0/16' };

interface Networking {
  podSubnet: string;
  serviceSubnet: string;
  cni: string;
  kubeProxy: string;
}

/** The networking that arguments of all servers ask for, and the arguments that ask for something else. */
export function readServerArguments(given: readonly string[]) {
  const networking = { ...k3sSubnets, cni: 'default', kubeProxy: 'iptables' };
  const rest = given.filter((argument) => {
    const [, name, value = ''] = /^--([\w-]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (name === 'cluster-cidr') networking.podSubnet = value;
    else if (name === 'service-cidr') networking.serviceSubnet = value;
    else if (name === 'flannel-backend' && value === 'none') networking.cni = 'none';
    else if (name === 'disable-kube-proxy' && value !== 'false') networking.kubeProxy = 'none';
    else return true;
    return false;
  });
  const families = rangesIn(networking.podSubnet).map(({ family }) => family);
  return { networking: { ...networking, ipFamily: families.length === 2 ? 'dual' : (families[0] ?? 'ipv4') }, rest };
}

/** The arguments that give all servers a networking; those of the template come beside them. */
export function serverArguments({ podSubnet, serviceSubnet, cni, kubeProxy }: Networking): string[] {
  return [
    ...(podSubnet === k3sSubnets.podSubnet ? [] : [`--cluster-cidr=${podSubnet}`]),
    ...(serviceSubnet === k3sSubnets.serviceSubnet ? [] : [`--service-cidr=${serviceSubnet}`]),
    ...(cni === 'none' ? ['--flannel-backend=none'] : []),
    ...(kubeProxy === 'none' ? ['--disable-kube-proxy'] : []),
  ];
}

export interface Taint {
  key: string;
  value?: string | undefined;
  effect: string;
}

/** The taint in `--node-taint=key=value:effect`; undefined for any other argument. */
export function readTaint(argument: string): Taint | undefined {
  const [, key, value, effect] = /^--node-taint=([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(argument) ?? [];
  if (key === undefined || effect === undefined) return undefined;
  return { key, ...(value !== undefined && { value }), effect };
}

export function taintArgument({ key, value, effect }: Taint): string {
  return `--node-taint=${key}${value === undefined ? '' : `=${value}`}:${effect}`;
}
