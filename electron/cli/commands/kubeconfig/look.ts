// `boathouse kubeconfig [contexts | check | export]`: what kubectl knows of clusters, whether they answer, and one of it as a file.
import { writeFile } from 'node:fs/promises';
import { AppError } from '../../../../shared/model/errors';
import type { KubeContext, KubeconfigView, Probe } from '../../../../shared/model/kubeconfig';
import { exitCodes } from '../../errors';
import { tableLines } from '../../output/table';
import { clientOf, printResult, type Session } from '../../session';

/** @returns the exit code */
export async function kubeconfig(session: Session, name: string): Promise<number> {
  const client = await clientOf(session);
  const { yaml } = await client.clusters.kubeconfig({ name });
  const context = session.json ? (await client.clusters.get({ name })).context : '';
  printResult(session, { name, context, yaml }, () => [yaml.trimEnd()]);
  return exitCodes.done;
}

/** @returns the exit code: 1 when a file cannot be used */
export async function contexts(session: Session): Promise<number> {
  const view = await (await clientOf(session)).kubeconfig.list();
  printResult(session, view, () => contextLines(view));
  return view.files.some(({ error }) => error) ? exitCodes.failed : exitCodes.done;
}

function contextLines({ files, contexts, current }: KubeconfigView): string[] {
  const paths = files.map(({ path }) => path);
  const broken = files.flatMap(({ error }) => (error ? [`warning: ${error.message}`] : []));
  if (contexts.length === 0) return [...broken, `No contexts in ${paths.join(', ')}`];
  const rows = contexts.map((context) => [
    context.current ? '*' : '',
    context.name,
    madeBy(context),
    context.server ?? '-',
    context.namespace ?? '-',
    context.expiresAt?.slice(0, 10) ?? '-',
    context.file,
  ]);
  const faults = contexts.flatMap(({ name, faults }) => faults.map(({ text }) => `warning: ${name}: ${text}`));
  const lost = current !== undefined && !contexts.some((context) => context.current);
  return [
    ...tableLines([['', 'CONTEXT', 'CLUSTER OF', 'SERVER', 'NAMESPACE', 'EXPIRES', 'FILE'], ...rows]),
    ...(lost ? [`warning: the current context ${current} is in no file`] : []),
    ...broken,
    ...faults,
  ];
}

function madeBy({ origin }: KubeContext): string {
  if (origin === 'local') return 'this computer';
  return origin === 'unknown' ? '-' : origin;
}

/**
 * Asks those clusters side by side.
 * @returns the exit code: 1 when one of them does not answer
 */
export async function check(session: Session, names: readonly string[]): Promise<number> {
  const { kubeconfig } = await clientOf(session);
  const asked = names.length > 0 ? names : (await kubeconfig.list()).contexts.map(({ name }) => name);
  const probes = await Promise.all(
    asked.map((context) => kubeconfig.probe({ context }, { signal: session.interrupt })),
  );
  printResult(session, { probes }, () => probeLines(probes));
  return probes.every(({ outcome }) => outcome === 'answers') ? exitCodes.done : exitCodes.failed;
}

function probeLines(probes: readonly Probe[]): string[] {
  if (probes.length === 0) return ['There is no context to ask.'];
  const rows = probes.map(({ context, outcome, version, milliseconds, who }) => [
    context,
    outcome,
    version ?? '-',
    milliseconds === undefined ? '-' : `${milliseconds} ms`,
    who ? `${who.name}${who.from === 'certificate' ? ' (by its certificate)' : ''}` : '-',
  ]);
  const problems = probes.filter(({ outcome }) => outcome !== 'answers');
  return [
    ...tableLines([['CONTEXT', 'ANSWER', 'VERSION', 'TIME', 'YOU ARE'], ...rows]),
    ...problems.flatMap(({ context, said, detail }) => [
      '',
      `${context}: ${said.text}`,
      ...(detail ? detail.split('\n').map((line) => `  | ${line}`) : []),
    ]),
  ];
}

/** @returns the exit code. Throws `bad-input` for a file that exists or cannot be made. */
export async function exportContext(
  session: Session,
  context: string,
  { output }: { output?: string },
): Promise<number> {
  const { yaml } = await (await clientOf(session)).kubeconfig.export({ context });
  if (output === undefined) {
    printResult(session, { context, yaml }, () => [yaml.trimEnd()]);
    return exitCodes.done;
  }
  try {
    await writeFile(output, yaml, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    throw new AppError('bad-input', `${output} cannot be written`, {
      detail: error instanceof Error ? error.message : String(error),
      hints: [{ text: 'Name a file that does not exist yet.' }],
      cause: error,
    });
  }
  printResult(session, { context, file: output }, () => [
    `Wrote ${output}. Whoever has it can do in the cluster what you can.`,
    `Try: kubectl --kubeconfig ${output} get pods`,
  ]);
  return exitCodes.done;
}
