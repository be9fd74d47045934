// Lines of logs of which only those in sight are drawn, at the end while they come, broken or not.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { LogSource, PodLogLine } from '../../../../shared/model/pod-logs';
import { useWindow } from '../use-window';
import { piecesOf, plainText } from './ansi';
import { columnsOf, flatLayout, wrappedLayout } from './layout';
import classes from './logs.module.css';

const rowHeight = 20;
/** Pixels from the end that still count as there. */
const nearEnd = 30;

interface LogLinesProps {
  label: string;
  lines: readonly PodLogLine[];
  sources: ReadonlyMap<number, LogSource>;
  timestamps: boolean;
  wrap: boolean;
  pattern: RegExp | undefined;
  /** The index of the line that is looked at. */
  marked: number | undefined;
  atEnd: boolean;
  onAtEnd: (atEnd: boolean) => void;
}

export function LogLines(props: LogLinesProps) {
  const { label, lines, sources, timestamps, wrap, pattern, marked, atEnd, onAtEnd } = props;
  const many = sources.size > 1;
  const measure = useRef<HTMLSpanElement | null>(null);
  const [columns, setColumns] = useState(80);
  const names = namesOf(sources);
  const head = (timestamps ? 25 : 0) + (many ? Math.max(0, ...[...names.values()].map(({ length }) => length)) + 1 : 0);
  const layout = useMemo(
    () => (wrap ? wrappedLayout(lines.length, (at) => head + widthOf(lines[at]), columns) : flatLayout(lines.length)),
    [lines, wrap, columns, head],
  );
  const view = useWindow(layout.rows, rowHeight, 0);
  const { scroller } = view;

  useEffect(() => {
    const element = scroller.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const look = () => {
      const letter = (measure.current?.getBoundingClientRect().width ?? 0) / 10;
      if (letter > 0) setColumns(Math.max(20, Math.floor((element.clientWidth - 24) / letter)));
    };
    const watcher = new ResizeObserver(look);
    watcher.observe(element);
    return () => watcher.disconnect();
  }, [scroller]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: more rows are what moves the end
  useLayoutEffect(() => {
    const element = scroller.current;
    if (atEnd && element) element.scrollTop = element.scrollHeight;
  }, [atEnd, layout]);
  const markedTop = marked === undefined ? undefined : layout.top(marked) * rowHeight;
  useLayoutEffect(() => {
    const element = scroller.current;
    if (markedTop === undefined || !element) return;
    element.scrollTop = Math.max(0, markedTop - element.clientHeight / 2);
  }, [markedTop, scroller]);

  const first = layout.lineAt(view.first);
  const end = lines.length === 0 ? 0 : layout.lineAt(Math.max(0, view.end - 1)) + 1;
  return (
    <div
      ref={scroller}
      role="log"
      aria-live="off"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it is scrolled with the keys
      tabIndex={0}
      className={classes.lines}
      onScroll={({ currentTarget: at }) => {
        const isAtEnd = at.scrollTop + at.clientHeight >= at.scrollHeight - nearEnd;
        if (isAtEnd !== atEnd) onAtEnd(isAtEnd);
      }}
    >
      <span ref={measure} aria-hidden className={classes.measure}>
        0000000000
      </span>
      <div className={classes.all} style={{ height: layout.rows * rowHeight }} data-wrap={wrap || undefined}>
        {lines.slice(first, end).map((line, offset) => {
          const index = first + offset;
          return (
            <div
              key={index}
              className={classes.line}
              data-marked={index === marked || undefined}
              style={{
                top: layout.top(index) * rowHeight,
                height: layout.height(index) * rowHeight,
                ...(wrap && { width: `${columns}ch` }),
              }}
            >
              {many && (
                <span className={classes.source} data-colour={line.source % 8}>
                  {names.get(line.source)}{' '}
                </span>
              )}
              {timestamps && <span className={classes.moment}>{momentText(line.at)} </span>}
              {piecesOf(line.text, pattern).map(({ text, colour, bold, found }, at) =>
                colour === undefined && !bold && !found ? (
                  text
                ) : (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a line stay where they are
                    key={at}
                    className={classes.piece}
                    data-ansi={colour}
                    data-bold={bold || undefined}
                    data-found={found || undefined}
                  >
                    {text}
                  </span>
                ),
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Measured once for each line. */
const widths = new WeakMap<PodLogLine, number>();

function widthOf(line: PodLogLine | undefined): number {
  if (!line) return 0;
  const known = widths.get(line);
  if (known !== undefined) return known;
  const width = columnsOf(plainText(line.text));
  widths.set(line, width);
  return width;
}

/** As much of a source's name as tells it from the others. */
function namesOf(sources: ReadonlyMap<number, LogSource>): ReadonlyMap<number, string> {
  const all = [...sources.values()];
  const pods = new Set(all.map(({ pod }) => pod)).size > 1;
  const containers = new Set(all.map(({ container }) => container)).size > 1;
  return new Map(
    all.map(({ id, pod, container }) => [id, [...(pods ? [pod] : []), ...(containers ? [container] : [])].join(' ')]),
  );
}

/** `2026-03-14T09:26:53.123Z`: to the millisecond. */
export function momentText(at: string): string {
  const time = Date.parse(at);
  return Number.isNaN(time) ? ' '.repeat(24) : new Date(time).toISOString();
}
