// What every command is given: the terminal, the core when it needs one, and the wish to stop.
import type { Client } from '../../shared/contract';
import type { Core } from '../core/options';
import type { Terminal } from './terminal';

export interface Session {
  readonly terminal: Terminal;
  readonly json: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly interrupt: AbortSignal;
  /**
   * Starts the core at the first call: help and bad usage are answered without one. `restartedAt`: when the one died that it takes
   * the place of.
   */
  core(shell?: 'terminal' | 'browser', restartedAt?: number): Promise<Core>;
  /** Which product this is a part of, and where its user's things are kept. */
  readonly product: Product;
}

export interface Product {
  /** The checkout, or the root of the installed package. */
  readonly folder: string;
  readonly version: string;
  /** Where the record of a running host and its log lie. */
  readonly stateFolder: string;
  /** The built command itself, to be started again in the background. */
  readonly script: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** Says which Linux this is: `/etc/os-release`. */
  readonly osReleaseFile: string;
  /** Absent on Windows. */
  readonly userId?: number | undefined;
  /** Tells the process that started this one in the background that the host listens; absent in the foreground. */
  announce?(): void;
}

/** The core's calls. */
export async function clientOf(session: Session): Promise<Client> {
  return (await session.core()).client;
}

/** Prints a command's document, or its lines for people. */
export function printResult(session: Session, document: unknown, lines: () => readonly string[]): void {
  if (session.json) session.terminal.out(JSON.stringify(document));
  else for (const line of lines()) session.terminal.out(line);
}
