// What an operation made, and how to take it back: the last made is undone first, and no fault of an undo hides another.

/** Milliseconds that all undos of one operation may take together. */
const undoLimit = 120_000;

type Undo = (signal: AbortSignal) => Promise<void>;

export interface UndoStack {
  /** Registers how to take back what was just made (or is about to be made: undoing what is not there must be fine). */
  push(what: string, undo: Undo): void;
  /** Undoes everything, last first; returns what could not be undone, in words. Empties the stack. */
  unwind(log: (line: string) => void): Promise<string[]>;
  /** Keeps everything that was made. */
  keep(): void;
}

export function createUndoStack(): UndoStack {
  let made: { what: string; undo: Undo }[] = [];
  return {
    push: (what, undo) => made.push({ what, undo }),
    keep: () => {
      made = [];
    },
    async unwind(log) {
      const signal = AbortSignal.timeout(undoLimit);
      const leftovers: string[] = [];
      for (const { what, undo } of made.reverse()) {
        log(`taking back: ${what}`);
        try {
          await undo(signal);
        } catch (error) {
          leftovers.push(`${what} (${error instanceof Error ? error.message : String(error)})`);
        }
      }
      made = [];
      return leftovers;
    },
  };
}
