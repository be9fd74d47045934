// Gives jsdom what a browser has and the components ask for, and tidies up after each component test.
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';
import { loadLanguage } from './app/language';

class SizeNeverChanges implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** A display that prefers nothing: light, with motion, wide. */
function matchNothing(query: string): MediaQueryList {
  const target = new EventTarget();
  return Object.assign(target, {
    matches: false,
    media: query,
    onchange: null,
    addListener: () => {},
    removeListener: () => {},
  });
}

/** jsdom 26 has no `text` of files. */
function textOf(this: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsText(this);
  });
}

if (typeof window !== 'undefined') {
  window.Blob.prototype.text ??= textOf;
  // Waiting ends with the event; this is only how long a busy machine may take for it.
  configure({ asyncUtilTimeout: 20_000 });
  window.matchMedia = matchNothing;
  window.ResizeObserver = SizeNeverChanges;
  // CodeMirror measures text; nothing has a size here.
  window.Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  window.HTMLElement.prototype.scrollIntoView = () => {};
  window.HTMLElement.prototype.scrollTo = () => {};
  afterEach(() => {
    cleanup();
    window.localStorage.clear();
    window.location.hash = '';
  });
}

// A test is told what is said, not when a language comes.
await loadLanguage('zh-CN');
