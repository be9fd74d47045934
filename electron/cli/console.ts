// The console of a command that talks with a program elsewhere: bytes in and out as they are, and a terminal's size.

export interface Console {
  /** Somebody sits at a terminal at both ends. */
  readonly interactive: boolean;
  size(): { columns: number; rows: number };
  /** Returns what ends the listening. */
  onResize(changed: () => void): () => void;
  /** Every key as it is pressed, Ctrl-C too; returns what gives the terminal back. */
  raw(): () => void;
  /** Until it ends or is aborted. */
  input(signal: AbortSignal): AsyncIterable<Uint8Array>;
  /** Resolves when there is room for more. */
  write(stream: 'out' | 'err', bytes: Uint8Array): Promise<void>;
}

export function processConsole(): Console {
  const { stdin, stdout, stderr } = process;
  return {
    interactive: stdin.isTTY === true && stdout.isTTY === true,
    size: () => ({ columns: stdout.columns || 80, rows: stdout.rows || 24 }),
    onResize(changed) {
      stdout.on('resize', changed);
      return () => stdout.off('resize', changed);
    },
    raw() {
      if (stdin.isTTY) stdin.setRawMode(true);
      return () => {
        if (stdin.isTTY) stdin.setRawMode(false);
        stdin.pause();
      };
    },
    async *input(signal) {
      const leave = () => stdin.destroy();
      signal.addEventListener('abort', leave, { once: true });
      try {
        for await (const bytes of stdin) yield bytes as Uint8Array;
      } catch (error) {
        if (!signal.aborted) throw error;
      } finally {
        signal.removeEventListener('abort', leave);
      }
    },
    write: (stream, bytes) =>
      new Promise((resolve) => {
        (stream === 'out' ? stdout : stderr).write(bytes, () => resolve());
      }),
  };
}
