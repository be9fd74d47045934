// Shows an operation while it runs: redrawn on a terminal, a line per event in a log, a document per line for programs.
import type { Operation } from '../../../shared/model/operation';
import { type ProgressLine, progressLines } from '../json';
import type { Terminal } from '../terminal';
import { plainLines, stillRunningLines } from './plain-lines';
import { timelineLines } from './timeline';

export interface ProgressView {
  update(operation: Operation): void;
  /** A line that stays. */
  say(line: string): void;
  /** Leaves what was shown last; shows nothing more. */
  end(): void;
}

/** Milliseconds between two frames of the spinner. */
const frameTime = 100;

/** Milliseconds without an event after which a log gets a sign of life, and its first one for work that waits its turn. */
const silence = 10_000;
const patience = 1000;

const hideCursor = '\u001b[?25l';
const showCursor = '\u001b[?25h';
// Terminals that know synchronized output (DEC mode 2026) show a frame whole; others ignore the marks.
const beginFrame = '\u001b[?2026h';
const endFrame = '\u001b[?2026l';

/** The view that fits: JSON lines when asked for, else what standard error can do. */
export function createProgressView(terminal: Terminal, json: boolean, now: () => number = Date.now): ProgressView {
  if (json) return jsonView(terminal);
  return terminal.live ? liveView(terminal, now) : plainView(terminal, now);
}

function jsonView(terminal: Terminal): ProgressView {
  let seen: Operation | undefined;
  const print = (line: ProgressLine) => terminal.out(JSON.stringify(line));
  return {
    update(operation) {
      for (const line of progressLines(seen?.id === operation.id ? seen : undefined, operation)) print(line);
      seen = operation;
    },
    say: (text) => print({ type: 'note', text }),
    end() {},
  };
}

function plainView(terminal: Terminal, now: () => number): ProgressView {
  let seen: Operation | undefined;
  let timer: NodeJS.Timeout | undefined;
  const signOfLife = () => {
    if (seen) for (const line of stillRunningLines(seen, now())) terminal.err(line);
  };
  const restart = () => {
    clearInterval(timer);
    timer = setInterval(signOfLife, silence);
  };
  const inQueue = setTimeout(() => {
    if (seen?.state === 'queued') signOfLife();
  }, patience);
  restart();
  return {
    update(operation) {
      const lines = plainLines(seen?.id === operation.id ? seen : undefined, operation);
      seen = operation;
      for (const line of lines) terminal.err(line);
      if (lines.length > 0) restart();
    },
    say: (line) => terminal.err(line),
    end() {
      clearInterval(timer);
      clearTimeout(inQueue);
    },
  };
}

function liveView(terminal: Terminal, now: () => number): ProgressView {
  let seen: Operation | undefined;
  let drawn = 0;
  let frame = 0;

  const erase = () => (drawn === 0 ? '' : `\u001b[${drawn}A\u001b[0J`);
  const redraw = (above = '') => {
    const rows = Math.max(3, terminal.rows() - 2);
    const look = { now: now(), columns: terminal.columns(), rows, frame, paint: terminal.errPaint };
    const lines = seen ? timelineLines(seen, look) : [];
    terminal.draw(`${beginFrame}${erase()}${above}${lines.map((line) => `${line}\n`).join('')}${endFrame}`);
    drawn = lines.length;
  };
  const timer = setInterval(() => {
    frame += 1;
    redraw();
  }, frameTime);
  terminal.draw(hideCursor);
  return {
    update(operation) {
      seen = operation;
      redraw();
    },
    say: (line) => redraw(`${line}\n`),
    end() {
      clearInterval(timer);
      redraw();
      terminal.draw(showCursor);
    },
  };
}

/** Gives the cursor back: for a process that leaves without ending its view. */
export function restoreCursor(terminal: Terminal): void {
  if (terminal.live) terminal.draw(showCursor);
}
