/**
 * Where Cal.com and the calendar disagree, in the started product: pushes of the demo keep person and version, a booking without a place is a
 * row of the page, and two clicks settle it on both sides.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { admin, hasBrowser, isWellMade, languageOf, LIVE_MS, LOOKS, withBrowser } from './browser.ts';
import { DEMO, eventually } from './harness.ts';
import { bookSlot, freeSlots, madeCustomer, type Slot } from './scenario.ts';

const { de } = admin;
/** Each of the salon's people has an event type of their own for a haircut (dev/demo-data/calcom.ts). */
const HOSTS: Readonly<Record<string, number>> = {
  stf_lena: 501,
  stf_tom: 502,
  stf_aylin: 503,
  stf_marco: 504,
  stf_sophie: 505,
  stf_jonas: 506,
};
const PUSH_MS = 20_000;

interface Booking {
  uid: string;
  status: string;
  hosts: { id: number }[];
  metadata: Record<string, string>;
}

describe.skipIf(!hasBrowser)('conflicts with Cal.com', () => {
  const web = withBrowser();
  const { api } = web;
  const index = (): string => `${web.base}/admin/conflicts`;
  const bookings = async (): Promise<Booking[]> =>
    (await web.instance.sandbox.request('/_sandbox/calcom/bookings')).json().bookings;
  let serial = 0;
  const slots: Slot[] = [];
  const nextSlot = async (): Promise<Slot> => {
    if (slots.length === 0)
      slots.push(...(await freeSlots(web.instance, DEMO.salon.apiKey, { service: 'Haarschnitt', count: 30 })));
    const slot = slots.shift();
    if (!slot) throw new Error('no slot left');
    return slot;
  };
  const person = () =>
    madeCustomer(web.instance, { first_name: 'Paula', last_name: 'Probe', phones: [`+4915777${100_000 + ++serial}`] });

  /** Somebody books on cal.com where the person is taken here. */
  async function conflict(name: string): Promise<{ id: string; uid: string; ours: string }> {
    const slot = await nextSlot();
    const host = HOSTS[slot.staffId] ?? 0;
    const booked = await bookSlot(web.instance, slot, (await person()).id);
    expect(booked.status, booked.text).toBe(201);
    const made = await web.instance.sandbox.request('/_sandbox/calcom/book', {
      body: {
        eventTypeId: Number(`1001${host}`),
        start: slot.startsAt,
        lengthInMinutes: 60,
        organizer: { id: host },
        attendee: { name, email: `${name.toLowerCase()}@example.test`, timeZone: 'Europe/Berlin' },
        force: true,
      },
    });
    expect(made.status, made.text).toBe(201);
    const { uid } = made.json().booking as Booking;
    const found = await eventually(
      async () => {
        const { data } = (await api('/api/v1/conflicts?status=open&limit=100')).json();
        return (data as { id: string; calcom_booking_id: string }[]).find((one) => one.calcom_booking_id === uid);
      },
      (row) => row !== undefined,
      { withinMs: PUSH_MS, what: 'the conflict' },
    );
    return { id: found?.id ?? '', uid, ours: booked.json().appointment_id };
  }

  it('every push of the demo leaves person and version as they were, with the right host there', async () => {
    const made: { id: string; staffId: string }[] = [];
    for (let n = 0; n < 6; n++) {
      const slot = await nextSlot();
      const booked = await bookSlot(web.instance, slot, (await person()).id);
      expect(booked.status, booked.text).toBe(201);
      made.push({ id: booked.json().appointment_id, staffId: slot.staffId });
    }
    expect(new Set(made.map(({ staffId }) => staffId)).size).toBeGreaterThan(1);
    for (const { id, staffId } of made) {
      const shown = await eventually(
        async () => (await api(`/api/v1/appointments/${id}`)).json().data,
        (row) => row.sync_status === 'synced',
        { withinMs: PUSH_MS, what: `the push of ${id}` },
      );
      expect(shown).toMatchObject({ staff_id: staffId, version: 1, status: 'confirmed' });
      const theirs = (await bookings()).find((one) => one.metadata['askpro_appointment'] === id);
      expect(theirs?.hosts[0]?.id).toBe(HOSTS[staffId]);
    }
  });

  it('two clicks cancel at Cal.com what has no place here', async () => {
    const { id, uid, ours } = await conflict('Zweiklick');
    const page = await (await web.signedIn()).newPage();
    await page.goto(index());
    await page.getByRole('link', { name: 'Zweiklick', exact: true }).click();
    await sides(page);
    await page.getByRole('button', { name: de('conflicts.do.cancel_there') }).click();
    await page.getByText(de('conflicts.done')).waitFor();
    await page.getByText(de('conflicts.resolution.keep_ours')).waitFor();
    expect((await api(`/api/v1/conflicts/${id}`)).json().data).toMatchObject({ status: 'resolved', resolutions: [] });
    await eventually(
      async () => (await bookings()).find((one) => one.uid === uid)?.status,
      (status) => status === 'cancelled',
      { withinMs: PUSH_MS, what: 'the cancellation at Cal.com' },
    );
    expect((await api(`/api/v1/appointments/${ours}`)).json().data).toMatchObject({ status: 'confirmed', version: 1 });
    await page.goto(index());
    await page.getByRole('heading', { name: de('conflicts.title'), level: 1 }).waitFor();
    await eventually(
      () => page.getByRole('link', { name: 'Zweiklick', exact: true }).count(),
      (count) => count === 0,
      { withinMs: LIVE_MS, what: 'the open list without it' },
    );
  });

  it('says why theirs can’t be taken yet, and takes it once the place is free', async () => {
    const { uid, ours } = await conflict('Nachrücker');
    const page = await (await web.signedIn()).newPage();
    await page.goto(index());
    await page.getByRole('link', { name: 'Nachrücker', exact: true }).click();
    const take = page.getByRole('button', { name: de('conflicts.do.enter_here') });
    await take.click();
    await page
      .getByRole('alert')
      .filter({ hasText: de('error.title') })
      .waitFor();
    const cancelled = await api(`/api/v2/bookings/${ours}`, { method: 'DELETE', body: { notify_customer: false } });
    expect(cancelled.status, cancelled.text).toBe(200);
    await take.click();
    await page.getByText(de('conflicts.resolution.take_theirs')).waitFor();
    const { data } = (await api('/api/v1/appointments?limit=100&sort=-starts_at')).json();
    const here = (await api(`/api/v1/conflicts?status=resolved&limit=100`)).json().data;
    expect(here.map((one: { calcom_booking_id: string }) => one.calcom_booking_id)).toContain(uid);
    expect(data.length).toBeGreaterThan(0);
  });

  it.each(LOOKS)('the pages are accessible and fit the screen: %s', async (name, look) => {
    const { id } = await conflict('Ansicht');
    const say = admin[languageOf(look)];
    const page = await (await web.signedIn(look)).newPage();
    await page.goto(index());
    await page.getByRole('link', { name: 'Ansicht', exact: true }).first().waitFor();
    await isWellMade(web, page, `conflicts-${name}`);
    await page.goto(`${index()}/${id}`);
    await page.getByRole('button', { name: say('conflicts.do.cancel_there') }).waitFor();
    await isWellMade(web, page, `conflict-${name}`);
  });

  it('is not there for who may not see Cal.com', async () => {
    const page = await (await web.signedIn(undefined, DEMO.salon.staff)).newPage();
    await page.goto(index());
    await page.getByText(de('conflicts.forbidden')).waitFor();
    expect(await page.getByRole('link', { name: de('nav.conflicts') }).count()).toBe(0);
  });

  async function sides(page: Page): Promise<void> {
    await page.getByRole('heading', { name: de('conflicts.theirs') }).waitFor();
    await page.getByRole('heading', { name: de('conflicts.in_the_way') }).waitFor();
  }
});
