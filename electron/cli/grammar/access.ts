// The grammar of `boathouse access`.
import { type Command, Option } from 'commander';
import { signInWays } from '../../../shared/model/access';
import { type Choose, command, type Json } from './command';

export function addAccess(program: Command, choose: Choose): void {
  const load = () => import('../commands/access');
  const access = program.command('access').description('let the nodes of a cluster into private registries');
  command(access, 'list <cluster>', 'show where its nodes sign in, and which certificates they trust').action(
    (cluster: string, options: Json) =>
      choose(options.json, 'document', async (session) => (await load()).list(session, cluster)),
  );
  command(access, 'sign-in <cluster> <registry>', 'give it what docker login keeps for a registry', [
    'boathouse access sign-in shop ghcr.io',
    'boathouse access sign-in shop registry.corp:5000 --as secret --namespace web jobs',
  ])
    .addOption(
      new Option('--as <way>', 'to the kubelets, for all pods, or as pull secrets of namespaces')
        .choices(signInWays)
        .default('kubelet'),
    )
    .option('--namespace <name...>', 'with --as secret: where pods pull with it (default: default)')
    .action((cluster: string, registry: string, options: Json & import('../commands/access').SignInOptions) =>
      choose(options.json, 'operation', async (session) => (await load()).signIn(session, cluster, registry, options)),
    );
  command(access, 'sign-out <cluster> <registry>', 'take that back').action(
    (cluster: string, registry: string, options: Json) =>
      choose(options.json, 'operation', async (session) => (await load()).signOut(session, cluster, registry)),
  );
  command(
    access,
    'trust <cluster> [file]',
    'let its nodes trust the certificates of a PEM file, or those that docker trusts',
    ['boathouse access trust shop ./corp-ca.crt', 'boathouse access trust shop --registry registry.corp:5000'],
  )
    .option('--registry <host>', 'those that docker trusts for a registry')
    .action((cluster: string, file: string | undefined, options: Json & { registry?: string }) =>
      choose(options.json, 'operation', async (session) => (await load()).trust(session, cluster, file, options)),
    );
  command(access, 'distrust <cluster> <fingerprint>', 'take a certificate away again').action(
    (cluster: string, fingerprint: string, options: Json) =>
      choose(options.json, 'operation', async (session) => (await load()).distrust(session, cluster, fingerprint)),
  );
}
