// An operation's timeline as a picture of a few millimetres: its shape, for lists. Says nothing that is not said in words beside it.
import { useMemo } from 'react';
import { hasEnded, type Operation } from '../../../shared/model/operation';
import { layOut } from './layout';
import classes from './timeline.module.css';
import { useNow } from './use-now';

const rowHeight = 5;

export function MiniTimeline({ operation, width = 160 }: { operation: Operation; width?: number }) {
  const now = useNow(!hasEnded(operation.state));
  const layout = useMemo(() => layOut(operation, now), [operation, now]);
  const lanes = layout.lanes.filter((lane) => lane.bars.length > 0);
  const scale = width / layout.length;
  return (
    <svg aria-hidden className={classes.mini} width={width} height={Math.max(1, lanes.length) * rowHeight}>
      {lanes.flatMap((lane, index) =>
        lane.bars.map((bar) => (
          <rect
            key={bar.step.id}
            data-state={bar.step.state}
            x={bar.start * scale}
            y={index * rowHeight}
            width={Math.max(1, (bar.end - bar.start) * scale - 0.75)}
            height={rowHeight - 2}
            rx={1}
          />
        )),
      )}
    </svg>
  );
}
