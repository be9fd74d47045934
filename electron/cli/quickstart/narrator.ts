// Tells what quickstart does: lines that stay, and one that moves while something takes its time.
import type { ProgressLine } from '../json';
import { duration } from '../output/duration';
import type { Session } from '../session';

export interface Narrator {
  /** A line that stays. */
  tell(line: string): void;
  /** Shows a title with the time it takes so far, and notes below it, until the work has ended. */
  during<Result>(title: string, work: (note: (text: string) => void) => Promise<Result>): Promise<Result>;
  /** What took how long, in milliseconds, in order. */
  readonly times: readonly { title: string; took: number }[];
}

const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export function createNarrator(session: Session, now: () => number = Date.now): Narrator {
  const { terminal, json } = session;
  const times: { title: string; took: number }[] = [];
  const tell = (line: string) => {
    if (json) terminal.out(JSON.stringify({ type: 'note', text: line } satisfies ProgressLine));
    else terminal.err(line);
  };

  return {
    tell,
    times,
    async during(title, work) {
      const began = now();
      const elapsed = () => now() - began;
      const moving = !json && terminal.live;
      const line = moving ? movingLine(session, title, elapsed) : standingLine(tell, title, elapsed);
      try {
        const result = await work(line.note);
        line.end();
        times.push({ title, took: elapsed() });
        tell(`${title}: done (${duration(elapsed())})`);
        return result;
      } finally {
        line.end();
      }
    },
  };
}

interface Line {
  note(text: string): void;
  end(): void;
}

/** For logs: a title before its first note, or once it takes long enough to wonder. */
function standingLine(tell: (line: string) => void, title: string, elapsed: () => number): Line {
  let told = false;
  const begin = () => {
    if (!told) tell(`${title} ...`);
    told = true;
  };
  const timer = setTimeout(begin, 1000);
  return {
    note(text) {
      begin();
      tell(`  [${duration(elapsed())}] ${text}`);
    },
    end: () => clearTimeout(timer),
  };
}

function movingLine(session: Session, title: string, elapsed: () => number): Line {
  const { terminal } = session;
  let noted = '';
  let frame = 0;
  const clear = '\r\u001b[2K';
  const draw = () => {
    frame += 1;
    const text = `${title} ${duration(elapsed())}${noted && `  ${noted}`}`.slice(
      0,
      Math.max(10, terminal.columns() - 4),
    );
    terminal.draw(`${clear}${terminal.errPaint.cyan(frames[frame % frames.length] ?? '')} ${text}`);
  };
  let timer: NodeJS.Timeout | undefined = setInterval(draw, 100);
  draw();
  return {
    note(text) {
      noted = text;
      draw();
    },
    end() {
      if (!timer) return;
      clearInterval(timer);
      timer = undefined;
      terminal.draw(clear);
    },
  };
}
