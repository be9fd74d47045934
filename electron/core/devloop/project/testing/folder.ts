// Folders that tests read projects from: made of texts, gone after the test.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Project } from '../../../../../shared/model/devloop/project';
import { type ReadRequest, readProject } from '../read';

/** A folder with these files; names may have folders in them. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'project-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true });
    writeFileSync(join(dir, name), text);
  }
  return dir;
}

/** A skaffold.yaml of the newest version with these lines. */
export function configOf(...lines: readonly string[]): string {
  return ['apiVersion: skaffold/v4beta14', 'kind: Config', ...lines, ''].join('\n');
}

/** The project in a folder; fails with its problems where there is none. */
export async function projectIn(dir: string, request: Partial<ReadRequest> = {}): Promise<Project> {
  const reading = await readProject({ dir, env: {}, ...request });
  if (reading.kind === 'project') return reading.project;
  throw new Error(reading.kind === 'none' ? 'there is no skaffold.yaml' : JSON.stringify(reading.problems, null, 1));
}

/** What is wrong with the project in a folder, as `file:line:column message`. */
export async function errorsIn(dir: string, request: Partial<ReadRequest> = {}): Promise<string[]> {
  const reading = await readProject({ dir, env: {}, ...request });
  if (reading.kind === 'none') return ['none'];
  const { problems } = reading.kind === 'project' ? reading.project : reading;
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ file, line, column, message }) => `${file.slice(dir.length + 1)}:${line}:${column} ${message}`);
}
