// A template or a cluster as a small drawing: the control plane above, its workers below.
import type { ClusterTemplate } from '../../shared/model/template';
import classes from './template-card.module.css';
import { nodeCounts } from './template-words';

const most = 6;
const box = { width: 15, height: 11, gap: 5 };

export function NodePicture({ template }: { template: ClusterTemplate }) {
  const counts = nodeCounts(template);
  const planes = Math.min(most, counts['control-plane']);
  const workers = Math.min(most, counts.worker);
  const width = Math.max(planes, workers) * (box.width + box.gap);
  return (
    <svg aria-hidden className={classes.picture} width={width} height={36} viewBox={`0 0 ${width} 36`}>
      {workers > 0 && <path className={classes.wire} d={wires(workers)} />}
      {places(planes).map((x) => (
        <rect key={x} className={classes.plane} x={x} y={workers > 0 ? 1 : 12} {...size} rx={3} />
      ))}
      {places(workers).map((x) => (
        <rect key={x} className={classes.worker} x={x} y={23.5} {...size} rx={3} />
      ))}
    </svg>
  );
}

const size = { width: box.width, height: box.height };

/** Left edges of `count` boxes, beginning at the left. */
function places(count: number): number[] {
  return Array.from({ length: count }, (_, index) => 1 + index * (box.width + box.gap));
}

function wires(workers: number): string {
  const middles = places(workers).map((x) => x + box.width / 2);
  const trunk = `M${1 + box.width / 2} 12V18H${middles.at(-1) ?? 0}`;
  return [trunk, ...middles.map((x) => `M${x} 18V23.5`)].join('');
}
