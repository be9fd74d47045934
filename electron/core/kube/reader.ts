// Reading a cluster's API without the library, whose import takes a third of a second.
import { parse } from 'yaml';
import { z } from 'zod';
import type { Kube } from './connect';
import { getBody, type Way } from './request';

const base64 = z.string().transform((text) => Buffer.from(text, 'base64').toString('utf8'));

/** A kubeconfig of one context with its certificates inside, as kubeadm and k3s write it for administrators. */
const kubeconfigSchema = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ server: z.string(), 'certificate-authority-data': base64 }) })]),
  users: z.tuple([z.object({ user: z.object({ 'client-certificate-data': base64, 'client-key-data': base64 }) })]),
});

/** Undefined for a kubeconfig of another form. */
export function readerOf(kubeconfig: string): Pick<Kube, 'get'> | undefined {
  const parsed = kubeconfigSchema.safeParse(parse(kubeconfig));
  if (!parsed.success) return undefined;
  const [{ cluster }] = parsed.data.clusters;
  const [{ user }] = parsed.data.users;
  const way: Way = {
    getCurrentCluster: () => cluster,
    async applyToHTTPSOptions(options) {
      options.ca = cluster['certificate-authority-data'];
      options.cert = user['client-certificate-data'];
      options.key = user['client-key-data'];
    },
  };
  return { get: (path, signal) => getBody(way, path, signal) };
}
