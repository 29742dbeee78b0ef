/** Guarantees of the demo data: same day, same data; nobody is in two places; each month is paid before it is spent. */
import { describe, expect, it } from 'vitest';
import { companySettings } from '../../workers/calendar/rules/company.ts';
import { itemsOf } from '../../workers/calendar/salon.fixture.ts';
import { snapshotOf } from '../../workers/calendar/engine/schedule.ts';
import { refusedRecording, wasAnnounced } from '../../shared/recording-sentence.ts';
import { CALLBACK_STATUSES } from '../../shared/call-status.ts';
import { BUSINESSES, piecesOf } from './load.ts';
import { demoHistory } from './history.ts';

describe.each(BUSINESSES)('$tenantId', ({ business, exceptions }) => {
  const history = demoHistory(business, '2026-11-20');

  it('is the same for the same day', () => {
    expect(demoHistory(business, '2026-11-20')).toEqual(history);
  });
  it('keeps everybody in one place at a time', () => {
    const minutes = new Map(business.services.map((s) => [s.id, s.minutes]));
    const last = new Map<string, number>();
    for (const a of [...history.appointments].sort((one, other) => one.startsAt - other.startsAt)) {
      expect(a.startsAt).toBeGreaterThanOrEqual(last.get(a.staffId) ?? 0);
      last.set(a.staffId, a.startsAt + (minutes.get(a.serviceId) ?? 0) * 60_000);
    }
  });
  it('has tags on customers and notes of the team, each on an appointment that is there', () => {
    const tags = new Set(business.tags.map(({ id }) => id));
    const carried = history.customers.flatMap(({ tagIds = [] }) => tagIds);
    expect(carried.length).toBeGreaterThan(0);
    expect(carried.every((id) => tags.has(id))).toBe(true);
    const appointments = new Set(history.appointments.map(({ id }) => id));
    expect(history.notes.length).toBeGreaterThan(0);
    expect(history.notes.every(({ appointmentId }) => appointments.has(appointmentId))).toBe(true);
    for (const note of history.notes) expect(note.now).toBeLessThanOrEqual(history.loadedAt);
  });
  it('has call backs in every state, each of a call that is over and made no appointment', () => {
    const calls = new Map(history.calls.map((call) => [call.id, call]));
    for (const { callId, createdAt, doneAt } of history.callbacks) {
      const call = calls.get(callId ?? '');
      expect(call?.appointmentId).toBeNull();
      expect(createdAt).toBeGreaterThanOrEqual(Number(call?.endedAt));
      expect(Math.max(createdAt, doneAt ?? 0)).toBeLessThanOrEqual(history.loadedAt);
    }
    if (business.slug === 'salon')
      expect(new Set(history.callbacks.map(({ status }) => status))).toEqual(new Set(CALLBACK_STATUSES));
  });
  it('has audio of calls that announced it, and none of the one whose caller said no', () => {
    const calls = new Map(history.calls.map((call) => [call.id, call]));
    expect(history.recordings).toHaveLength(business.recorded);
    for (const { callId, seconds } of history.recordings) {
      const turns = JSON.parse(calls.get(callId)?.transcript ?? '[]') as { role: string; text: string }[];
      expect(wasAnnounced(turns)).toBe(true);
      expect(refusedRecording(turns)).toBe(seconds === null);
    }
  });
  it('takes nobody away who has appointments', () => {
    const last = Math.max(...history.appointments.map(({ startsAt }) => startsAt));
    const future = exceptions('2026-11-20').filter(({ body }) => (body as { toDate?: string }).toDate !== undefined);
    expect(future.length).toBeGreaterThan(0);
    for (const { body } of future) {
      const { fromDate, toDate } = body as { fromDate: string; toDate: string };
      expect(toDate < '2026-11-20' || Date.parse(fromDate) > last).toBe(true);
    }
  });
  it('lets nothing past be open and nothing future be over', () => {
    for (const a of history.appointments) {
      if (a.startsAt > history.loadedAt) expect(['confirmed', 'pending', 'cancelled']).toContain(a.status);
    }
    // The day's page has something to settle.
    expect(history.appointments.filter(({ status }) => status === 'pending')).toHaveLength(2);
    for (const call of history.calls) expect(call.startedAt).toBeLessThan(history.loadedAt);
  });
});

describe('the companies', () => {
  it.each([
    ['ten_salon_schoen', 'Salon Schön', 'standard', ['AT', 'CH', 'DE']],
    ['ten_physio_plus', 'Physio Plus', 'strict', ['AT', 'CH', 'DE']],
    ['ten_barber_zurich', 'Barber Zürich', 'standard', ['AT', 'CH', 'DE', 'LI']],
  ] as const)('%s has settings that hold: %s, %s', (tenantId, name, identity, smsCountries) => {
    const found = BUSINESSES.find((one) => one.tenantId === tenantId);
    const snapshot = snapshotOf(itemsOf(found?.schedule ?? []), 1);
    expect(snapshot.companies).toHaveLength(1);
    expect(companySettings(snapshot, found?.business.companyId ?? '')).toMatchObject({ name, identity, smsCountries });
  });
});

describe('the top-ups of a month', () => {
  it('sum to what it cost, each between the smallest allowed and the first bonus', () => {
    for (let cents = 1_000; cents < 100_000; cents += 37) {
      const pieces = piecesOf(cents);
      expect(pieces.reduce((sum, piece) => sum + piece, 0)).toBe(cents);
      for (const piece of pieces) {
        expect(piece).toBeGreaterThanOrEqual(1_000);
        expect(piece).toBeLessThan(10_000);
      }
    }
  });
});
