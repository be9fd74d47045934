// Where the arrow keys lead on the timeline: along a lane, or to the bar nearest in time of the lane above or below.
import type { Bar, TimelineLayout } from './layout';

/** The id of the step that `key` leads to from step `from`; undefined where it leads nowhere. */
export function stepBeside(layout: TimelineLayout, from: string, key: string): string | undefined {
  const lanes = layout.lanes.filter((lane) => lane.bars.length > 0);
  const at = lanes.findIndex((lane) => lane.bars.some((bar) => bar.step.id === from));
  const along = inTime(lanes[at]?.bars ?? []);
  const index = along.findIndex((bar) => bar.step.id === from);
  const here = along[index];
  if (!here) return undefined;
  switch (key) {
    case 'ArrowLeft':
      return along[index - 1]?.step.id;
    case 'ArrowRight':
      return along[index + 1]?.step.id;
    case 'Home':
      return along[0]?.step.id;
    case 'End':
      return along.at(-1)?.step.id;
    case 'ArrowUp':
      return nearest(lanes[at - 1]?.bars ?? [], here)?.step.id;
    case 'ArrowDown':
      return nearest(lanes[at + 1]?.bars ?? [], here)?.step.id;
    default:
      return undefined;
  }
}

function inTime(bars: readonly Bar[]): Bar[] {
  return bars.toSorted((a, b) => a.start - b.start || a.row - b.row);
}

function nearest(bars: readonly Bar[], to: Bar): Bar | undefined {
  const middle = (bar: Bar) => (bar.start + bar.end) / 2;
  return bars.toSorted((a, b) => Math.abs(middle(a) - middle(to)) - Math.abs(middle(b) - middle(to)))[0];
}
