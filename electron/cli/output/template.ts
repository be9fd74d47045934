// Templates in a terminal: the list, one of them in full, and problems with line and column as compilers print them.
import { type ClusterTemplate, nodeCount, type TemplateSummary, wordsIn } from '../../../shared/model/template';
import type { NotCarried } from '../../../shared/model/template/conversion';
import type { TemplateProblem } from '../../../shared/model/template/problem';
import type { Paint } from './paint';
import { tableLines } from './table';

type Parameter = ClusterTemplate['spec']['parameters'][number];

/** What `--json` lists of a template. */
export interface TemplateFacts {
  id: string;
  title: string;
  description: string;
  controlPlanes: number;
  workers: number;
  /** Names of its parameters. */
  parameters: string[];
  origin: TemplateSummary['origin'];
}

export interface BrokenTemplate {
  id: string;
  file?: string | undefined;
  problems: readonly TemplateProblem[];
}

export function templateFacts({ metadata, spec }: ClusterTemplate, origin: TemplateSummary['origin']): TemplateFacts {
  return {
    id: metadata.id,
    title: wordsIn(metadata.title, 'en'),
    description: wordsIn(metadata.description, 'en').trim(),
    controlPlanes: nodeCount(spec.nodes, 'control-plane'),
    workers: nodeCount(spec.nodes, 'worker'),
    parameters: spec.parameters.map(({ name }) => name),
    origin,
  };
}

export function listLines(templates: readonly TemplateFacts[], broken: readonly BrokenTemplate[]): string[] {
  const rows = templates.map((facts) => [
    facts.id,
    `${facts.controlPlanes} + ${facts.workers}`,
    facts.title,
    facts.description,
  ]);
  return [
    ...tableLines([['ID', 'NODES', 'TITLE', 'WHAT FOR'], ...rows]),
    ...broken.flatMap(({ id, file = id, problems }) => ['', ...problemLines(file, problems)]),
  ];
}

/** `lab.yaml:7:14: error: spec.nodes[0].count must be a whole number` */
export function problemLines(file: string, problems: readonly TemplateProblem[]): string[] {
  return problems.map(({ line, column, severity, message }) => `${file}:${line}:${column}: ${severity}: ${message}`);
}

/** What a conversion left out, a line each. */
export function lossLines(notCarried: readonly NotCarried[]): string[] {
  if (notCarried.length === 0) return [];
  return ['Not carried over:', ...notCarried.map(({ field, text }) => `  ${field}: ${text}`)];
}

/** What it makes, its parameters, its documentation. */
export function entryLines({ template, origin, file }: TemplateSummary, paint: Paint): string[] {
  const { metadata, spec } = template;
  const { title, description, controlPlanes, workers } = templateFacts(template, origin);
  const documentation = metadata.documentation && wordsIn(metadata.documentation, 'en').trimEnd();
  const rows = [
    ['Template:', metadata.id],
    [
      'Nodes:',
      `${controlPlanes} control plane${controlPlanes === 1 ? '' : 's'}, ${workers} worker${workers === 1 ? '' : 's'}`,
    ],
    ['Made by:', spec.provider],
    ['Kubernetes:', spec.kubernetes.image ?? spec.kubernetes.version ?? 'the newest of the catalogue'],
    ...spec.ports.map(({ hostAddress, hostPort, to }) => [
      'Port:',
      `${hostAddress}:${hostPort || '(a free one)'} -> ${aimOf(to)}`,
    ]),
    ['From:', file ?? 'Boathouse'],
  ];
  return [
    paint.bold(title),
    description,
    '',
    ...tableLines(rows),
    ...(spec.parameters.length > 0 ? ['', ...parameterLines(spec.parameters)] : []),
    ...(documentation ? ['', ...documentation.split('\n')] : []),
    '',
    `Its text: boathouse templates show --yaml ${metadata.id}`,
    `Create:   boathouse create NAME --template ${metadata.id}`,
  ];
}

function aimOf(to: ClusterTemplate['spec']['ports'][number]['to']): string {
  if ('nodePort' in to) return `NodePort ${to.nodePort}`;
  return 'service' in to ? `service ${to.namespace}/${to.service}:${to.port}` : `${to.node}:${to.port}`;
}

function parameterLines(parameters: readonly Parameter[]): string[] {
  const rows = parameters.map((parameter) => [
    parameter.name,
    parameter.type,
    parameter.default === undefined ? '(needs a value)' : String(parameter.default),
    rangeOf(parameter),
    parameter.description ? wordsIn(parameter.description, 'en') : '',
  ]);
  return tableLines([['PARAMETER', 'TYPE', 'DEFAULT', 'ALLOWED', 'WHAT FOR'], ...rows]);
}

function rangeOf(parameter: Parameter): string {
  if (parameter.type === 'boolean') return 'true, false';
  if (parameter.allowed) return parameter.allowed.join(', ');
  if (parameter.type === 'string') return '';
  const { minimum, maximum } = parameter;
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (minimum !== undefined) return `at least ${minimum}`;
  return maximum === undefined ? '' : `at most ${maximum}`;
}
