// All providers there are, in the order in which their clusters keep a name that two of them have.
import type { CoreOptions } from '../../options';
import { k3sProvider } from './k3s/provider';
import { kubeadmProvider } from './kubeadm/provider';
import { minikubeProvider } from './minikube/provider';
import type { ClusterProvider } from './provider';

export function createProviders(options: CoreOptions): readonly ClusterProvider[] {
  return [kubeadmProvider, k3sProvider, minikubeProvider(options)];
}
