// The grammar of `boathouse manifests`.
import type { Command } from 'commander';
import type { ManifestOptions } from '../commands/manifests';
import { type Choose, command, type Json } from './command';

export function addManifests(program: Command, choose: Choose): void {
  const load = () => import('../commands/manifests');
  const manifests = program
    .command('manifests')
    .description('see what a manifest would change in a cluster, and apply it');
  const common = (added: Command) =>
    added
      .requiredOption('-f, --file <file>', 'the manifest; - for standard input')
      .option('-n, --namespace <namespace>', 'of objects that name none; else that of the context')
      .option('--force', 'take over fields that others have set otherwise')
      .option('--set <name>', 'a name for all of them')
      .option('--prune', 'delete what has that name and is not in the manifest any more')
      .option('--exact', "take the name for a context's own, though a cluster is called so as well");
  common(
    command(manifests, 'diff <name>', 'what would change, object by object; nothing is changed', [
      'boathouse manifests diff shop -f web.yaml',
      'kustomize build . | boathouse manifests diff shop -f -',
    ]),
  ).action((name: string, options: Json & ManifestOptions) =>
    choose(options.json, 'document', async (session) => (await load()).diffManifest(session, name, options)),
  );
  common(
    command(manifests, 'apply <name>', 'apply it, by server-side apply', [
      'boathouse manifests apply shop -f web.yaml -n web',
      'boathouse manifests apply shop -f all.yaml --set web --prune',
    ]),
  )
    .option('--confirm <context>', 'the name of the context, where its cluster is not on this computer')
    .action((name: string, options: Json & ManifestOptions) =>
      choose(options.json, 'operation', async (session) => (await load()).applyManifest(session, name, options)),
    );
}
