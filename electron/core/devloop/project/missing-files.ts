// What a project names and the disk has not: told when it is read, since a loop can wait for it.
import { existsSync } from 'node:fs';
import { relative } from 'node:path';
import type { FilePlace, ProjectProblem } from '../../../../shared/model/devloop/place';
import type { Module } from '../../../../shared/model/devloop/project';
import { say } from './reader-words';

/** Adds a warning for each file and folder that is named and not there. */
export function tellMissingFiles({ dir, artifacts, deployment }: Module, problems: ProjectProblem[]): void {
  const check = (
    file: string,
    what: 'folder' | 'dockerfile' | 'file' | 'manifest' | 'chart' | 'values',
    at: FilePlace,
  ) => {
    if (existsSync(file)) return;
    problems.push({ ...at, severity: 'warning', ...say(`gone-${what}`, { file: shown(dir, file) }), path: '' });
  };
  for (const { context, builder, at } of artifacts) {
    check(context, 'folder', at);
    if (builder.kind === 'docker' && existsSync(context)) check(builder.dockerfile, 'dockerfile', at);
    if (builder.kind === 'docker') for (const { src } of builder.secrets) if (src) check(src, 'file', at);
  }
  for (const { pattern, at } of deployment.rawYaml) {
    if (/[*?[{]/.test(pattern) || /^(!|https?:)/.test(pattern)) continue;
    check(pattern, 'manifest', at);
  }
  for (const kustomize of deployment.kustomize) {
    if (!kustomize.dir.includes(':')) check(kustomize.dir, 'folder', kustomize.at);
  }
  for (const { chart, valuesFiles, at } of [...deployment.charts, ...deployment.releases]) {
    if (chart.kind === 'path') check(chart.path, 'chart', at);
    for (const file of valuesFiles) check(file, 'values', at);
  }
}

function shown(dir: string, file: string): string {
  const short = relative(dir, file);
  return short === '' ? '.' : short.startsWith('..') ? file : short;
}
