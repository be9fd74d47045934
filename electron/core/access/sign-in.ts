// `access.signIn`, `access.signOut`: what docker keeps for a registry, given to a cluster's nodes or namespaces and taken back.
import type { SignInWay } from '../../../shared/model/access';
import type { Cluster } from '../../../shared/model/cluster';
import { AppError } from '../../../shared/model/errors';
import { passwordFor, tryPassword } from '../caches/credentials';
import { usualUrl } from '../caches/labels';
import { connectAsAdmin } from '../clusters/admin';
import type { ClusterDependencies } from '../clusters/dependencies';
import { findCluster } from '../clusters/find';
import { jobOf, refuseUntellable } from '../registry/connect';
import { kubeletText, setKubeletAccount } from './kubelet';
import { addPullSecrets, readPullSecrets, removePullSecret } from './pull-secrets';
import { leadOf, signInsOf } from './read';

export interface SignInRequest {
  readonly cluster: string;
  readonly registry: string;
  readonly way: SignInWay;
  readonly namespaces: readonly string[];
}

const lookLimit = 90_000;

/**
 * Throws `not-found` (the cluster; docker keeps no password), `not-possible` (kubelets of k3s and minikube), `not-ready`; the operation
 * fails with `credentials-refused` when the registry does not take the password.
 */
export async function signIn(dependencies: ClusterDependencies, request: SignInRequest) {
  const { registry, way, namespaces } = request;
  const { engine, cluster, provider } = await findCluster(dependencies, request.cluster);
  leadOf(cluster);
  if (way === 'kubelet') refuseUntellable(cluster);
  const password = await passwordFor(engine, registry, AbortSignal.timeout(lookLimit));
  if (!password) throw noPassword(registry);
  const where = way === 'kubelet' ? 'to the kubelets' : `to ${namespaces.join(', ')}`;
  const job = jobOf({ cluster }, [
    [
      'sign-in',
      `Giving the account of ${registry} ${where}`,
      async (context) => {
        const { signal, log } = context;
        const certificates = (await engine.credentials?.certificatesFor(registry)) ?? '';
        const unknown = await tryPassword(usualUrl(registry), password, certificates, signal);
        log(
          unknown
            ? `${registry} was not asked whether it lets ${password.username} in: ${unknown}`
            : `${registry} lets ${password.username} in`,
        );
        if (way === 'kubelet') return setKubeletAccount(engine, cluster.nodes, { registry, password }, context);
        const kube = await connectAsAdmin(engine, cluster, signal, provider.access);
        return addPullSecrets(kube, { registry, password, namespaces }, context);
      },
    ],
  ]);
  return dependencies.operations.start(job, engine.endpoint.host);
}

/** Throws `not-found` (the cluster; it does not sign in there), `not-ready`. */
export async function signOut(dependencies: ClusterDependencies, name: string, registry: string) {
  const { engine, cluster, provider } = await findCluster(dependencies, name);
  const lead = leadOf(cluster);
  const looking = AbortSignal.timeout(lookLimit);
  const admin = (signal: AbortSignal) => connectAsAdmin(engine, cluster, signal, provider.access);
  const kubelet = cluster.provider === 'kubeadm' ? await kubeletText(engine, lead, looking) : '';
  const found = (await signInsOf(await admin(looking), kubelet, looking)).filter((one) => one.registry === registry);
  if (found.length === 0) throw notSignedIn(cluster, registry);
  const job = jobOf({ cluster }, [
    [
      'sign-out',
      `Taking the account of ${registry} away`,
      async (context) => {
        if (found.some(({ way }) => way === 'kubelet')) {
          await setKubeletAccount(engine, cluster.nodes, { registry, password: undefined }, context);
        }
        const { signal } = context;
        const kube = await admin(signal);
        for (const secret of await readPullSecrets(kube, signal)) {
          if (secret.registry === registry) await removePullSecret(kube, secret, signal);
        }
      },
    ],
  ]);
  return dependencies.operations.start(job, engine.endpoint.host);
}

function noPassword(registry: string): AppError {
  const host = registry === 'docker.io' ? '' : registry;
  return new AppError('not-found', `Docker keeps no password for ${registry}`, {
    params: { name: registry },
    hints: [
      { text: `Sign in first with: docker login ${host}`.trimEnd() },
      {
        text: 'An identity token, as some registries give it, is not taken by kubelets: sign in with an access token.',
      },
    ],
  });
}

function notSignedIn({ name }: Cluster, registry: string): AppError {
  return new AppError('not-found', `${name} does not sign in at ${registry}`, { params: { name: registry } });
}
