const WIDTH = 96;
const HEIGHT = 22;
const GAP = 1;
/** A bar that is there is seen. */
const LEAST = 1.5;

interface SparklineProps {
  /** Read to screen readers. */
  label: string;
  /** A bar each, oldest first; the last one is still filling. */
  bars: readonly { readonly succeeded: number; readonly failed: number }[];
}

/** Small bars of what ended, the failed ones at the foot in red. */
export function Sparkline({ label, bars }: SparklineProps) {
  const most = Math.max(1, ...bars.map(({ succeeded, failed }) => succeeded + failed));
  const width = WIDTH / bars.length;
  const heightOf = (count: number) => (count === 0 ? 0 : Math.max(LEAST, (count / most) * (HEIGHT - 2)));
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      className="block h-5.5 w-24 overflow-visible"
      preserveAspectRatio="none"
    >
      <line x1={0} x2={WIDTH} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} stroke="var(--color-line)" />
      {bars.map(({ succeeded, failed }, index) => {
        const foot = heightOf(failed);
        const top = heightOf(succeeded);
        const place = { x: index * width, width: Math.max(1, width - GAP) };
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a bar is what is at its place in time
          <g key={index} opacity={index === bars.length - 1 ? 0.5 : 1}>
            <rect {...place} y={HEIGHT - foot - top} height={top} fill="var(--color-green-solid)" />
            <rect {...place} y={HEIGHT - foot} height={foot} fill="var(--color-red-solid)" />
          </g>
        );
      })}
    </svg>
  );
}
