// An operation as lines of a terminal: a line per lane, and one for each step that runs in it.
import { hasEnded, type Operation, type StepProgress } from '../../../shared/model/operation';
import { brief } from './brief';
import { clock, duration } from './duration';
import { expectedDuration } from './expectation';
import type { Paint } from './paint';

export interface TimelineLook {
  /** Milliseconds since the epoch. */
  now: number;
  columns: number;
  /** Lines that may be used. */
  rows: number;
  /** Counts up; moves the spinner. */
  frame: number;
  paint: Paint;
}

type Style = keyof Paint;
type Segment = readonly [text: string, style?: Style];

const spinner = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

const doing: Record<Operation['kind'], string> = {
  create: 'Creating',
  start: 'Starting',
  stop: 'Stopping',
  pause: 'Pausing',
  resume: 'Resuming',
  delete: 'Deleting',
  cleanup: 'Cleaning up',
  change: 'Changing',
  registry: 'Working on',
  cache: 'Working on',
  disk: 'Cleaning up',
  dashboard: 'Working on the dashboard of',
  object: 'Working on',
  'load-images': 'Loading images into',
  'remove-images': 'Removing images from',
};

/** What an operation is doing, as a title: `Creating shop`. */
export function titleOf(operation: Operation): string {
  if (operation.state === 'undoing') return `Undoing: ${doing[operation.kind].toLowerCase()} ${operation.subject}`;
  if (operation.state === 'queued') return `Waiting for other work on ${operation.subject}`;
  return `${doing[operation.kind]} ${operation.subject}`;
}

/** Lines of at most `columns - 1` characters (a full line would wrap) and at most `rows`. */
export function timelineLines(operation: Operation, look: TimelineLook): string[] {
  const lanes = [...new Set(operation.steps.map((step) => step.lane))];
  const width = Math.min(32, Math.max(0, ...lanes.map((lane) => lane.length)));
  const bodies = lanes.flatMap((lane) => laneRows(operation, lane, width, look));
  const room = Math.max(1, look.rows - 1);
  const shown = bodies.length <= room ? bodies : [...bodies.slice(0, room - 1), moreRow(bodies.length - room + 1)];
  return [headline(operation, look), ...shown].map((segments) => draw(segments, look.columns - 1, look.paint));
}

function headline(operation: Operation, look: TimelineLook): Segment[] {
  const elapsed = look.now - (operation.startedAt ?? operation.queuedAt);
  const expected = expectedDuration(operation, look.now);
  const about = hasEnded(operation.state) || operation.state === 'undoing' ? '' : ` of about ${clock(expected)}`;
  return [[titleOf(operation), 'bold'], [`  ${clock(elapsed)}${about}`]];
}

function moreRow(count: number): Segment[] {
  return [[`  ... and ${count} more lines`, 'dim']];
}

function laneRows(operation: Operation, lane: string, width: number, look: TimelineLook): Segment[][] {
  const steps = operation.steps.filter((step) => step.lane === lane);
  const name = lane.length > width ? `${lane.slice(0, width - 1)}…` : lane.padEnd(width);
  const active = steps.filter((step) => step.state === 'running' || step.state === 'failed');
  if (active.length === 0) return [restingRow(operation, steps, name)];
  return active.map((step, index) => activeRow(step, index === 0 ? name : ' '.repeat(width), look));
}

function activeRow(step: StepProgress, name: string, look: TimelineLook): Segment[] {
  const elapsed = (step.endedAt ?? look.now) - (step.startedAt ?? look.now);
  if (step.state === 'failed') return [['  ✗ ', 'red'], [`${name}  `], [step.title, 'red'], [`  ${duration(elapsed)}`]];
  const mark = spinner[look.frame % spinner.length] ?? '';
  const share = step.progress === undefined ? '' : ` ${Math.floor(step.progress * 100)} %`;
  const note = step.note === undefined ? '' : `  ${step.note}`;
  const time = `  ${(Math.max(0, elapsed) / 1000).toFixed(1)} / ${Math.round(step.weight)} s${share}`;
  return [[`  ${mark} `, 'cyan'], [`${name}  ${step.title}`], [time], [note, 'dim']];
}

function restingRow(operation: Operation, steps: readonly StepProgress[], name: string): Segment[] {
  const next = steps.find((step) => step.state === 'waiting');
  if (next && !hasEnded(operation.state)) {
    return [['  · ', 'dim'], [`${name}  `], [waitingFor(operation, next), 'dim']];
  }
  const untouched = !steps.some((step) => step.state === 'done');
  if (untouched || steps.some((step) => step.state === 'cancelled' || step.state === 'waiting')) {
    return [
      ['  - ', 'dim'],
      [`${name}  ${operation.state === 'done' ? 'not needed' : 'not done'}`, 'dim'],
    ];
  }
  const starts = steps.flatMap((step) => step.startedAt ?? []);
  const ends = steps.flatMap((step) => step.endedAt ?? []);
  const time = starts.length === 0 ? '' : `  ${duration(Math.max(...ends) - Math.min(...starts))}`;
  return [['  ✓ ', 'green'], [name], [time, 'dim']];
}

function waitingFor(operation: Operation, step: StepProgress): string {
  const before = operation.steps.filter((other) => step.after.includes(other.id));
  const unmet = before.filter((other) => other.state === 'running' || other.state === 'waiting');
  const first = unmet[0];
  if (!first) return `next: ${step.title}`;
  const others = unmet.length > 1 ? ` and ${unmet.length - 1} more` : '';
  return `waits for: ${first.title}${others}`;
}

function draw(segments: readonly Segment[], width: number, paint: Paint): string {
  let room = width;
  let line = '';
  for (const [text, style] of segments) {
    const characters = [...brief(text).replace(/[\r\n\t]+/g, ' ')];
    const cut =
      characters.length > room ? `${characters.slice(0, Math.max(0, room - 1)).join('')}…` : characters.join('');
    if (room <= 0) break;
    line += style ? paint[style](cut) : cut;
    room -= Math.min(characters.length, room);
  }
  return line.trimEnd();
}
