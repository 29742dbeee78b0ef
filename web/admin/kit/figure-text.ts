/** A figure as it is read: `4.211`, `10.000+`, `38 %`, `2:05`; a dash where there is nothing to make it of. Pure; called by the figures above lists. */
import type { FigureView } from '../../../shared/contract/figures.ts';
import { clockDuration } from '../../ui/format.ts';

export function figureText(
  { value, unit, more }: Pick<FigureView, 'value' | 'unit' | 'more'>,
  language: string,
): string {
  if (value === null) return '–';
  if (unit === 'seconds') return clockDuration(value);
  const number = new Intl.NumberFormat(language).format(value);
  return unit === 'percent' ? `${number} %` : `${number}${more ? '+' : ''}`;
}
