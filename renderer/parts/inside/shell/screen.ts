// The screen of a terminal in a box of the page: as large as the box, in the colours of the theme (xterm).
import { FitAddon } from '@xterm/addon-fit';
import { Terminal } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import type { TerminalSize } from '../../../../shared/model/podexec';

export interface Screen {
  say(bytes: Uint8Array): void;
  clear(): void;
  focus(): void;
  dispose(): void;
}

export function openScreen(
  box: HTMLElement,
  { label, onType, onSize }: { label: string; onType: (text: string) => void; onSize: (size: TerminalSize) => void },
): Screen {
  const style = getComputedStyle(box);
  const terminal = new Terminal({
    fontFamily: style.fontFamily,
    fontSize: 13,
    cursorBlink: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
    scrollback: 5_000,
    // Dark in both themes, as programs for terminals expect.
    theme: { background: '#131211', foreground: '#e8e3dd', cursor: '#79c6ca' },
    screenReaderMode: true,
  });
  const fit = new FitAddon();
  terminal.loadAddon(fit);
  terminal.open(box);
  terminal.textarea?.setAttribute('aria-label', label);
  const look = () => {
    fit.fit();
    onSize({ columns: Math.max(2, terminal.cols), rows: Math.max(1, terminal.rows) });
  };
  const watcher = new ResizeObserver(look);
  watcher.observe(box);
  look();
  terminal.onData(onType);
  terminal.focus();
  return {
    say: (bytes) => terminal.write(bytes),
    clear: () => terminal.reset(),
    focus: () => terminal.focus(),
    dispose() {
      watcher.disconnect();
      terminal.dispose();
    },
  };
}
