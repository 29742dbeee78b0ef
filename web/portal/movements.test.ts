import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transaction } from '../../shared/contract/money.ts';
import { daysOf } from './movements.ts';

let made = 0;
const row = (type: Transaction['type'], amount: number, at: string): Transaction => {
  made += 1;
  return {
    id: `ent_${made}`,
    type,
    amount_cents: amount,
    balance_before_cents: 1_000,
    balance_after_cents: 1_000 + amount,
    currency: 'EUR',
    sequence: made,
    description: null,
    reference_type: null,
    reference_id: null,
    company_id: null,
    created_at: at,
    occurred_at: at,
  };
};
const ZONE = 'Europe/Berlin';

describe('movements by day', () => {
  it('fold the free calls of a day into one line, and keep what cost something apart', () => {
    const [free, paid, alsoFree, topup, single] = [
      row('call_cost', 0, '2026-11-22T10:00:00Z'),
      row('call_cost', -45, '2026-11-22T09:00:00Z'),
      row('call_cost', 0, '2026-11-22T08:00:00Z'),
      row('topup', 5_000, '2026-11-22T07:00:00Z'),
      row('call_cost', 0, '2026-11-21T07:00:00Z'),
    ];
    expect(daysOf([free, paid, alsoFree, topup, single], ZONE)).toEqual([
      {
        date: '2026-11-22',
        lines: [
          { kind: 'free_calls', id: free.id, rows: [free, alsoFree] },
          { kind: 'one', row: paid },
          { kind: 'one', row: topup },
        ],
      },
      { date: '2026-11-21', lines: [{ kind: 'one', row: single }] },
    ]);
  });

  it('are of the day on the clock of the account', () => {
    const late = row('topup', 100, '2026-11-22T23:30:00Z');
    expect(daysOf([late], ZONE).map(({ date }) => date)).toEqual(['2026-11-23']);
    expect(daysOf([late], 'Europe/London').map(({ date }) => date)).toEqual(['2026-11-22']);
  });

  it('leave nothing out and show nothing twice', () => {
    const anyRow = fc
      .tuple(
        fc.constantFrom('call_cost' as const, 'topup' as const),
        fc.constantFrom(0, -45),
        fc.integer({ min: 0, max: 96 }),
      )
      .map(([type, amount, hours]) =>
        row(type, amount, new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString()),
      );
    fc.assert(
      fc.property(fc.array(anyRow, { maxLength: 30 }), (rows) => {
        const shown = daysOf(rows, ZONE).flatMap(({ lines }) =>
          lines.flatMap((line) => (line.kind === 'one' ? [line.row.id] : line.rows.map(({ id }) => id))),
        );
        expect(shown.sort()).toEqual(rows.map(({ id }) => id).sort());
      }),
    );
  });
});
