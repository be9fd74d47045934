// The app's keys: what each does, and which of them a press is. Pure.
import type { Route } from '../route';

export type Key = 'palette' | 'shortcuts' | 'new' | 'settings' | Extract<Route['screen'], GoTo>;
type GoTo = 'clusters' | 'templates' | 'images' | 'dev' | 'kubeconfig' | 'doctor';

/** As people read them: `Mod` is Ctrl, on a Mac the command key; a space stands between presses that follow each other. */
export const keys: Record<Key, string> = {
  palette: 'Mod+K',
  shortcuts: '?',
  new: 'n',
  clusters: 'g c',
  templates: 'g t',
  images: 'g i',
  dev: 'g d',
  kubeconfig: 'g k',
  doctor: 'g h',
  settings: 'g s',
};

/** Keys that parts of screens have of their own, for the list under `?`. */
export const partKeys = {
  timeline: '← → ↑ ↓',
  table: '↑ ↓ Home End ↵ Delete',
  logs: '↵ Shift+↵',
  dialog: 'Esc',
  back: 'Alt+←',
  forward: 'Alt+→',
} as const;

interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
}

/** Keeps what was pressed before for as long as a second press may follow, in milliseconds. */
const within = 1200;

/**
 * Reads presses one after the other.
 * @param mac whether Mod is the command key
 */
export function keyReader(
  mac: boolean,
): (press: Press, options: { writing: boolean; single: boolean; at: number }) => Key | undefined {
  let before: { key: string; at: number } | undefined;
  return ({ key, ctrlKey, metaKey, altKey }, { writing, single, at }) => {
    const first = before && at - before.at < within ? before.key : undefined;
    before = undefined;
    const mod = mac ? metaKey && !ctrlKey : ctrlKey && !metaKey;
    if (mod && !altKey && key.toLowerCase() === 'k') return 'palette';
    if (writing || !single || ctrlKey || metaKey || altKey) return undefined;
    const found = (text: string) => (Object.keys(keys) as Key[]).find((one) => keys[one] === text);
    const whole = first === undefined ? found(key) : found(`${first} ${key}`);
    if (whole === undefined && key === 'g') before = { key, at };
    return whole;
  };
}

/** Whether somebody writes there, or the keys are another program's: a terminal's own. */
export function isWriting(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable || target.closest('input, textarea, select, [role="textbox"], [role="dialog"]') !== null
  );
}

export function isTerminal(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('.xterm') !== null;
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
