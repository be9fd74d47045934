// Hears the app's keys, and fetches what they open: the palette, and the list of keys.
import { useCallback, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { laterUnseen } from '../../parts/later';
import { useStores } from '../../stores/app-context';
import { navigate, type Route } from '../route';
import { isMac, isTerminal, isWriting, type Key, keyReader } from './shortcuts';

const Palette = laterUnseen(async () => (await import('../palette/palette')).Palette);
const ShortcutsDialog = laterUnseen(async () => (await import('./shortcuts-dialog')).ShortcutsDialog);

/** What a button elsewhere asks for: the same as its key. */
const asking = 'boathouse-key';

export function press(key: Key): void {
  window.dispatchEvent(new CustomEvent<Key>(asking, { detail: key }));
}

export function ByKeys() {
  const [asked, setAsked] = useState(0);
  const [listed, setListed] = useState<boolean>();
  const act = useCallback((key: Key) => {
    if (key === 'palette') setAsked((count) => count + 1);
    else if (key === 'shortcuts') setListed(true);
    else navigate(placeOf(key));
  }, []);
  useKeys(act);
  return (
    <>
      {asked > 0 && <Palette asked={asked} onShortcuts={() => setListed(true)} />}
      {listed !== undefined && <ShortcutsDialog opened={listed} onClose={() => setListed(false)} />}
    </>
  );
}

function placeOf(key: Exclude<Key, 'palette' | 'shortcuts'>): Route {
  if (key === 'new') return { screen: 'new-cluster' };
  if (key === 'images') return { screen: key, tab: 'engine' };
  return { screen: key };
}

function useKeys(act: (key: Key) => void): void {
  const single = useStore(useStores().settings, ({ singleKeys }) => singleKeys);
  useEffect(() => {
    const read = keyReader(isMac());
    const onKey = (event: KeyboardEvent) => {
      if (event.isComposing || isTerminal(event.target)) return;
      const key = read(event, { writing: isWriting(event.target), single, at: event.timeStamp });
      if (!key) return;
      event.preventDefault();
      act(key);
    };
    const onAsked = (event: Event) => act((event as CustomEvent<Key>).detail);
    document.addEventListener('keydown', onKey);
    window.addEventListener(asking, onAsked);
    return () => {
      document.removeEventListener('keydown', onKey);
      window.removeEventListener(asking, onAsked);
    };
  }, [act, single]);
}
