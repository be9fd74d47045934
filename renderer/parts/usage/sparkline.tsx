// A figure's last minutes as a line; what it says in numbers stands beside it.
interface SparklineProps {
  values: readonly number[];
  /** For those who do not see it. */
  label: string;
}

const width = 96;
const height = 20;

/** From nought to the highest of them. */
export function Sparkline({ values, label }: SparklineProps) {
  const most = Math.max(...values, Number.EPSILON);
  const step = width / Math.max(1, values.length - 1);
  const points = values.map((value, index) => `${index * step},${height - 1 - (value / most) * (height - 2)}`);
  return (
    <svg width={width} height={height} role="img" aria-label={label} style={{ flexShrink: 0 }}>
      <polyline points={points.join(' ')} fill="none" stroke="var(--bh-accent-solid)" strokeWidth={1.5} />
    </svg>
  );
}
