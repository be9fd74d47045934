// What the parts of the command line's grammar share: how a command is declared, and how it says that it was chosen.
import type { Command } from 'commander';
import type { Session } from '../session';

/** Runs a command; its result becomes the process's exit code. */
export type Run = (session: Session) => Promise<number>;

/**
 * `document`: asks and prints one document, and is left at the first Ctrl-C.
 * `operation`: prints progress and then a result; Ctrl-C is an event in its course.
 * `service`: goes on until Ctrl-C.
 */
export type CommandKind = 'document' | 'operation' | 'service';

export type Choose = (json: boolean | undefined, kind: CommandKind, run: Run) => void;

export interface Json {
  json?: boolean;
}

export function command(program: Command, usage: string, description: string, examplesOf: string[] = []): Command {
  const added = program.command(usage).description(description).option('--json', 'print JSON, for programs');
  return examplesOf.length > 0 ? added.addHelpText('after', examples(examplesOf)) : added;
}

export function examples(lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

/** Gathers an option that can be given several times. */
export function gathered(value: string, before: string[] = []): string[] {
  return [...before, value];
}

/** What asks only for its plan prints one document. */
export function kindOf({ dryRun }: { dryRun?: boolean }): CommandKind {
  return dryRun ? 'document' : 'operation';
}
