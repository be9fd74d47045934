// `boathouse versions`: which Kubernetes versions clusters can be made with, those that are here apart from those to pull.
import type { NodeVersion } from '../../../shared/model/version';
import { exitCodes } from '../errors';
import { tableLines } from '../output/table';
import { clientOf, printResult, type Session } from '../session';

export interface VersionsOptions {
  provider?: NodeVersion['provider'];
}

/** @returns the exit code */
export async function versions(session: Session, { provider }: VersionsOptions): Promise<number> {
  const found = await (await clientOf(session)).versions.list(provider && { provider });
  printResult(session, { versions: found }, () => versionLines(found));
  return exitCodes.done;
}

function versionLines(versions: readonly NodeVersion[]): string[] {
  const here = versions.filter((version) => version.here).map((one) => [...factsOf(one), sizeOf(one), one.image]);
  const others = versions.filter((version) => !version.here).map((one) => [...factsOf(one), one.image]);
  const facts = ['VERSION', 'PROVIDER', 'SUPPORT'];
  return [
    ...(here.length > 0 ? ['On this engine:', ...tableLines([[...facts, 'SIZE', 'IMAGE'], ...here], [3])] : []),
    ...(here.length > 0 && others.length > 0 ? [''] : []),
    ...(others.length > 0 ? ['To be pulled:', ...tableLines([[...facts, 'IMAGE'], ...others])] : []),
  ];
}

function factsOf({ version, provider, support }: NodeVersion): string[] {
  return [version ?? '-', provider, support.until ? `${support.state}, ${support.until}` : support.state];
}

function sizeOf({ size = 0 }: NodeVersion): string {
  return `${Math.round(size / 1e6)} MB`;
}
