// What changes in files, as lines for a terminal.
import type { FileDiff } from '../../../shared/model/diff';
import type { Paint } from './paint';

const signs = { same: ' ', gone: '-', new: '+' } as const;

/** A file's path, then its changed places; nothing for no files. */
export function diffLines(files: readonly FileDiff[], paint: Paint): string[] {
  return files.flatMap(({ file, hunks }) => [
    paint.bold(file),
    ...hunks.flatMap(({ line, lines }) => [
      paint.dim(`@@ line ${line} @@`),
      ...lines.map(({ kind, text }) => {
        const whole = `${signs[kind]}${text}`;
        if (kind === 'same') return whole;
        return kind === 'gone' ? paint.red(whole) : paint.green(whole);
      }),
    ]),
  ]);
}
