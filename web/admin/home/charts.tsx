/** Charts of our own, drawn as SVG or as a table: a line over days, columns over weeks, bars by property, a map of hours. Drawn by widgets, below the first screen. */
import { useId } from 'react';

const WIDTH = 320;
const HEIGHT = 96;
/** So that the line's top is not cut. */
const EDGE = 3;

interface Point {
  /** of its day or week, for whoever points at it */
  label: string;
  /** null: there is nothing to make it of */
  value: number | null;
}

interface OverTime {
  points: readonly Point[];
  /** what screen readers are told instead of the picture */
  summary: string;
  say: (value: number) => string;
  /** of the scale's top; default: the largest value */
  top?: number;
}

const topOf = ({ points, top }: Pick<OverTime, 'points' | 'top'>): number =>
  Math.max(top ?? 0, ...points.map(({ value }) => value ?? 0), 1);

function Ends({ points }: Pick<OverTime, 'points'>) {
  return (
    <div className="chart-ends figures" aria-hidden="true">
      <span>{points[0]?.label}</span>
      <span>{points.at(-1)?.label}</span>
    </div>
  );
}

/** One line with its ground; where there is nothing to make a value of it has a gap. */
export function LineChart({ points, summary, say, top }: OverTime) {
  const highest = topOf({ points, ...(top !== undefined && { top }) });
  const step = WIDTH / Math.max(points.length - 1, 1);
  const x = (i: number): string => (i * step).toFixed(1);
  const y = (value: number): string => (HEIGHT - EDGE - ((HEIGHT - 2 * EDGE) * value) / highest).toFixed(1);
  const runs: [number, number][][] = [];
  points.forEach(({ value }, i) => {
    if (value === null) return;
    const isNext = i > 0 && points[i - 1]?.value !== null;
    if (isNext) runs.at(-1)?.push([i, value]);
    else runs.push([[i, value]]);
  });
  const path = (run: readonly [number, number][]): string =>
    run.map(([i, value], n) => `${n === 0 ? 'M' : 'L'}${x(i)} ${y(value)}`).join('');
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
        {runs.map((run) => (
          <g key={run[0]?.[0]}>
            <path
              className="chart-area"
              d={`${path(run)}L${x(run.at(-1)?.[0] ?? 0)} ${HEIGHT}L${x(run[0]?.[0] ?? 0)} ${HEIGHT}Z`}
            />
            {/* one day alone is a dash */}
            <path className="chart-line" d={run.length === 1 ? `${path(run)}h2` : path(run)} />
          </g>
        ))}
        {points.map(({ label, value }, i) => (
          <rect key={label} className="chart-hit" x={i * step - step / 2} y={0} width={step} height={HEIGHT}>
            <title>{value === null ? `${label}: –` : `${label}: ${say(value)}`}</title>
          </rect>
        ))}
      </svg>
      <Ends points={points} />
    </figure>
  );
}

/** A column each. */
export function ColumnChart({ points, summary, say, top }: OverTime) {
  const highest = topOf({ points, ...(top !== undefined && { top }) });
  const step = WIDTH / Math.max(points.length, 1);
  return (
    <figure className="chart">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={summary}>
        {points.map(({ label, value }, i) => {
          const height = ((HEIGHT - EDGE) * (value ?? 0)) / highest;
          return (
            <g key={label}>
              <rect
                className="chart-column"
                x={i * step + step * 0.15}
                y={HEIGHT - height}
                width={step * 0.7}
                height={height}
              />
              <rect className="chart-hit" x={i * step} y={0} width={step} height={HEIGHT}>
                <title>{value === null ? `${label}: –` : `${label}: ${say(value)}`}</title>
              </rect>
            </g>
          );
        })}
      </svg>
      <Ends points={points} />
    </figure>
  );
}

interface Bar {
  key: string;
  label: string;
  value: number;
  /** beside it, as it is read */
  text: string;
}

/** Lines of text with a bar below each: read without the picture, too. @param of of which a full bar is made */
export function Bars({ bars, of }: { bars: readonly Bar[]; of: number }) {
  return (
    <ul className="chart-bars">
      {bars.map(({ key, label, value, text }) => (
        <li key={key}>
          <span className="chart-bar-label">{label}</span>
          <span className="figures">{text}</span>
          <span className="chart-bar" aria-hidden="true">
            <span style={{ width: `${of === 0 ? 0 : Math.min(100, (100 * value) / of)}%` }} />
          </span>
        </li>
      ))}
    </ul>
  );
}

interface HourMapProps {
  /** each weekday with its name, in the order of the rows */
  days: readonly { day: number; name: string }[];
  hours: readonly number[];
  countAt: (day: number, hour: number) => number;
  say: (name: string, hour: number, value: number) => string;
  caption: string;
}

/** Weekdays down, hours across; the more, the darker. A table, so that it can be read cell by cell. */
export function HourMap({ days, hours, countAt, say, caption }: HourMapProps) {
  const id = useId();
  const most = Math.max(1, ...days.flatMap(({ day }) => hours.map((hour) => countAt(day, hour))));
  return (
    <table className="chart-hours" aria-labelledby={id}>
      <caption id={id} className="sr-only">
        {caption}
      </caption>
      <thead>
        <tr>
          <td />
          {hours.map((hour) => (
            <th key={hour} scope="col" className="figures">
              {hour}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, name }) => (
          <tr key={day}>
            <th scope="row">{name}</th>
            {hours.map((hour) => {
              const value = countAt(day, hour);
              return (
                <td
                  key={hour}
                  title={say(name, hour, value)}
                  style={{
                    background: `color-mix(in srgb, var(--accent) ${Math.round((80 * value) / most)}%, var(--sunken))`,
                  }}
                >
                  <span className="sr-only">{value}</span>
                </td>
              );
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
