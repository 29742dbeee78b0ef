/** How figures and states of the operator's pages are said. Pure. */
import type { VendorStatus } from '../../../shared/vendors.ts';
import { decimal, percent } from '../../ui/format.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { Words } from '../admin-context.tsx';
import type { Key } from '../kit/view.ts';

export const STATUS_LOOK: Readonly<Record<VendorStatus, StatusLook>> = {
  ok: { tone: 'success', icon: 'check' },
  degraded: { tone: 'warning', icon: 'warning' },
  down: { tone: 'danger', icon: 'cross' },
  unknown: { tone: 'gray', icon: 'question' },
};

/** A stretch of time: milliseconds below a second, else seconds. */
export const durationText = (ms: number, { t, language }: Words): string =>
  ms < 1_000 ? t('op.millis', { value: String(ms) }) : t('op.seconds', { value: decimal(ms / 1_000, language, 1) });

/** A share between 0 and 1. */
export const shareText = (share: number, language: string): string => percent(Math.round(share * 10_000), language);

const UNITS = ['B', 'kB', 'MB', 'GB'] as const;
/** Bytes in the unit that leaves one to three digits before the point. */
export function bytesText(bytes: number, language: string): string {
  let n = 0;
  let value = bytes;
  while (value >= 1_000 && n < UNITS.length - 1) {
    value /= 1_000;
    n++;
  }
  return `${decimal(value, language, n === 0 ? 0 : 1)} ${UNITS[n] ?? 'B'}`;
}

/** Names with their numbers, of ids and counts beside a row; null: there are none. */
export function factsText(facts: Readonly<Record<string, unknown>> | null): string | null {
  const said = Object.entries(facts ?? {}).flatMap(([name, value]) =>
    value === null || value === undefined || typeof value === 'object' ? [] : [`${name}: ${String(value)}`],
  );
  return said.length === 0 ? null : said.join(' · ');
}

/** The word of a key that is made from data, or what it is made from. */
export const wordOr = ({ catalogue, t }: Words, key: string, otherwise: string): string =>
  Object.hasOwn(catalogue, key) && typeof catalogue[key as Key] === 'string' ? t(key as Key) : otherwise;
