// Which rows of a long list are in sight: all rows are as high, so it is a division. Rows out of sight are not drawn.
import { type RefObject, useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Rows above and below what is seen, so that a quick scroll finds them drawn. */
const beyond = 10;

export interface Window {
  scroller: RefObject<HTMLDivElement | null>;
  first: number;
  /** One past the last. */
  end: number;
  /** Scrolls as little as shows the row. */
  show(index: number): void;
  /** Rows that fit. */
  page: number;
}

/** @param height of a row, in pixels; @param head of what stays on top of them */
export function useWindow(count: number, height: number, head: number): Window {
  const scroller = useRef<HTMLDivElement | null>(null);
  const [seen, setSeen] = useState({ top: 0, height: 600 });

  const look = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const next = { top: element.scrollTop, height: element.clientHeight || 600 };
    setSeen((before) => (before.top === next.top && before.height === next.height ? before : next));
  }, []);

  useLayoutEffect(look, [look]);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    element.addEventListener('scroll', look, { passive: true });
    const watcher = typeof ResizeObserver === 'undefined' ? undefined : new ResizeObserver(look);
    watcher?.observe(element);
    return () => {
      element.removeEventListener('scroll', look);
      watcher?.disconnect();
    };
  }, [look]);

  const page = Math.max(1, Math.floor((seen.height - head) / height));
  const at = Math.floor(seen.top / height);
  return {
    scroller,
    first: Math.max(0, Math.min(at, count - 1) - beyond),
    end: Math.min(count, at + page + beyond + 1),
    page,
    show(index) {
      const element = scroller.current;
      if (!element) return;
      const [top, bottom] = [index * height, (index + 1) * height + head];
      if (top < element.scrollTop) element.scrollTop = top;
      else if (bottom > element.scrollTop + element.clientHeight) element.scrollTop = bottom - element.clientHeight;
    },
  };
}
