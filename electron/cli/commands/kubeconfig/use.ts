// `boathouse use`: points kubectl to a cluster.
import { exitCodes } from '../../errors';
import { clientOf, printResult, type Session } from '../../session';

/** @returns the exit code */
export async function use(session: Session, name: string): Promise<number> {
  const used = await (await clientOf(session)).kubeconfig.use({ name });
  printResult(session, used, () => [`kubectl now uses context ${used.context} (${used.file})`]);
  return exitCodes.done;
}
