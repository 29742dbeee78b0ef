/** Each trade's template makes a business that takes its first call without a further setting: over HTTP, from an empty tenant to the appointment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setClockOffset } from '../../shared/clock.ts';
import type { TestCallTurn } from '../../shared/contract/onboarding.ts';
import { TRADES } from '../../shared/trades.ts';
import { callUntilBooked, data, emptyBusiness, openShop } from './business.fixture.ts';

/** Friday, ten o'clock in Berlin. */
const FRIDAY = '2026-11-20T10:00:00+01:00';
beforeAll(() => setClockOffset(Date.parse(FRIDAY) - Date.now()));
afterAll(() => setClockOffset(0));

const heardOf = (turns: readonly TestCallTurn[]): string =>
  turns.map((turn) => `${turn.asked.map((one) => JSON.stringify(one)).join('\n')}\n→ ${turn.says}`).join('\n');

describe.each(TRADES)('%s', (trade) => {
  it('makes a business that books on its first call', { timeout: 60_000 }, async () => {
    const business = await emptyBusiness();
    const template = await openShop(business, trade);
    const service = template.services.find((one) => one.duration_minutes <= 90 && !one.needs_approval);
    if (service === undefined) throw new Error('no short service');
    const turns = await callUntilBooked(business, [
      `Guten Tag, ich hätte gern einen Termin: ${service.aliases[0] ?? service.names.de}`,
      'Nächsten Donnerstag nachmittags',
      'Den ersten nehme ich',
      'Erika Mustermann',
      'Ja bitte',
      'Ja',
    ]);
    const made = turns.at(-1)?.appointment;
    expect(made, heardOf(turns)).toBeTruthy();
    expect(turns[0]?.says).toMatch(/KI|künstliche/);
    const { result } = await business.scope.calendar.appointment(made?.id ?? '');
    if (!result.ok) throw new Error('no appointment');
    const { appointment } = result.value;
    expect(appointment.notify).toBe(false);
    expect(appointment.callId).toBe(turns[0]?.id);
    const { result: schedule } = await business.scope.calendar.schedule();
    const settings = data<{ practice_mode: boolean; identity: string }[]>(
      await business.ask('GET', '/api/v1/companies'),
    )[0];
    expect(schedule.ok && settings?.practice_mode).toBe(template.practice_mode);
    expect(settings?.identity).toBe(template.practice_mode ? 'strict' : 'standard');
  });
});
