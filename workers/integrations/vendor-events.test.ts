/** Wire parsing of the webhook bodies of Stripe, Cal.com and Retell against the fixtures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCalcomEvent } from './calcom-events.ts';
import { isMailAddress } from './mail-message.ts';
import { parseRetellCall, parseRetellEvent, parseRetellInbound } from './retell-events.ts';
import { parseRetellFunction } from './retell-function.ts';
import { parseStripeEvent } from './stripe-events.ts';

const fixture = (path: string): string =>
  readFileSync(join(import.meta.dirname, '../../tests/fixtures/wire', path), 'utf8');
function value<T>(result: { ok: true; value: T } | { ok: false; error: unknown }): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const PI = 'pi_3SWire000000000000000001';
const CS = 'cs_test_a1Wire000000000000000000000000000000000000000000000001';

describe('Stripe events', () => {
  it.each([
    [
      'checkout.session.completed',
      {
        kind: 'checkout_completed',
        paymentStatus: 'paid',
        paymentIntentId: PI,
        sessionId: CS,
        amountTotalCents: 4900,
        currency: 'EUR',
      },
    ],
    [
      'checkout.session.completed.sepa_unpaid',
      { kind: 'checkout_completed', paymentStatus: 'unpaid', paymentIntentId: PI },
    ],
    [
      'checkout.session.completed.setup_mode',
      { kind: 'checkout_completed', paymentStatus: 'no_payment_required', paymentIntentId: null },
    ],
    [
      'checkout.session.async_payment_succeeded',
      { kind: 'checkout_async_succeeded', paymentIntentId: PI, sessionId: CS },
    ],
    ['checkout.session.async_payment_failed', { kind: 'checkout_async_failed', paymentIntentId: PI }],
    [
      'payment_intent.succeeded',
      { kind: 'payment_succeeded', paymentIntentId: PI, amountCents: 4900, amountReceivedCents: 4900, currency: 'EUR' },
    ],
    ['payment_intent.processing.sepa', { kind: 'payment_processing', paymentIntentId: PI, amountReceivedCents: 0 }],
    ['payment_intent.payment_failed', { kind: 'payment_failed', failureCode: 'authentication_required' }],
    [
      'payment_intent.payment_failed.sepa',
      { kind: 'payment_failed', failureCode: 'payment_intent_payment_attempt_failed' },
    ],
    ['charge.refunded', { kind: 'refunded', paymentIntentId: PI, amountRefundedCents: 4900, full: true }],
    [
      'charge.refunded.partial',
      { kind: 'refunded', paymentIntentId: PI, amountRefundedCents: 1000, full: false, amountCents: 4900 },
    ],
    [
      'charge.dispute.created',
      { kind: 'dispute', phase: 'created', paymentIntentId: PI, amountCents: 4900, reason: 'fraudulent' },
    ],
    ['payment_method.attached', { kind: 'other', objectId: 'pm_1SWire000000000000000001' }],
    [
      'customer.subscription.updated',
      { kind: 'subscription', subscriptionId: 'sub_1SWire000000000000000001', status: 'active' },
    ],
  ])('%s is read as told', (name, expected) => {
    expect(value(parseStripeEvent(fixture(`stripe/${name}.json`)))).toMatchObject(expected);
  });

  it('metadata, id and time survive', () => {
    const event = value(parseStripeEvent(fixture('stripe/payment_intent.succeeded.json')));
    expect(event).toMatchObject({
      eventId: 'evt_3SWire000000000000000001',
      createdAt: 1793181605000,
      livemode: false,
      metadata: { tenant_id: 'ten_01', invoice_ref: '2026-000123' },
    });
  });

  it('what nobody sees is dropped from every text that is kept', () => {
    const body = JSON.parse(fixture('stripe/payment_intent.payment_failed.json'));
    Object.assign(body.data.object.last_payment_error, { code: 'card\u200b_declined', message: 'no\u202e\nmoney' });
    body.data.object.metadata = { kind: 'topup\u0000' };
    expect(value(parseStripeEvent(JSON.stringify(body)))).toMatchObject({
      failureCode: 'card_declined',
      failureMessage: 'no money',
      metadata: { kind: 'topup' },
    });
    const other = { id: 'evt_1', object: 'event', type: 'a\u202e.b', created: 1, data: { object: {} } };
    expect(value(parseStripeEvent(JSON.stringify(other))).type).toBe('a.b');
  });

  it('an expanded payment intent is the same as its id', () => {
    const body = JSON.parse(fixture('stripe/checkout.session.completed.json'));
    body.data.object.payment_intent = { id: PI, object: 'payment_intent' };
    expect(value(parseStripeEvent(JSON.stringify(body)))).toMatchObject({ paymentIntentId: PI });
  });

  it('refuses what is not an event, and a known type in a broken shape, without throwing', () => {
    expect(parseStripeEvent('{')).toEqual({ ok: false, error: { code: 'MALFORMED_JSON' } });
    expect(parseStripeEvent('{}')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    const body = JSON.parse(fixture('stripe/payment_intent.succeeded.json'));
    body.data.object.amount = 49.5;
    expect(parseStripeEvent(JSON.stringify(body))).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(parseStripeEvent('x'.repeat(600_000))).toMatchObject({ error: { code: 'PAYLOAD_TOO_LARGE' } });
  });
});

describe('Cal.com events', () => {
  it('created: number from the answers, metadata kept, status in lower case', () => {
    expect(value(parseCalcomEvent(fixture('calcom/BOOKING_CREATED.json')))).toMatchObject({
      kind: 'created',
      dedupeKey: `BOOKING_CREATED:bFJeNb2uX8ANpT3JL5EfXw:${Date.parse('2026-10-28T10:01:30.512Z')}`,
      booking: {
        uid: 'bFJeNb2uX8ANpT3JL5EfXw',
        bookingId: '100',
        eventTypeId: '123',
        startsAt: Date.parse('2026-10-30T09:00:00Z'),
        status: 'accepted',
        metadata: { tenant_id: 'ten_01' },
        organizer: { id: '1', email: 'organizer@example.com' },
        attendees: [{ name: 'Guest User', email: 'guest@example.com', phoneNumber: '+4915112345678', language: 'de' }],
      },
    });
  });
  it('rescheduled: uid is the new booking, rescheduledFromUid the old one', () => {
    expect(value(parseCalcomEvent(fixture('calcom/BOOKING_RESCHEDULED.json'))).booking).toMatchObject({
      uid: 'qKcFyCSn9qfuj1Ba435EXE',
      rescheduledFromUid: 'bFJeNb2uX8ANpT3JL5EfXw',
      rescheduledFromStartsAt: Date.parse('2026-10-30T09:00:00Z'),
      startsAt: Date.parse('2026-11-02T13:30:00Z'),
    });
  });
  it('cancelled: +00:00 times and the number on the attendee are read the same, metadata is empty', () => {
    expect(value(parseCalcomEvent(fixture('calcom/BOOKING_CANCELLED.json')))).toMatchObject({
      kind: 'cancelled',
      booking: {
        startsAt: Date.parse('2026-11-02T13:30:00Z'),
        metadata: {},
        requestReschedule: false,
        attendees: [{ phoneNumber: '+4915112345678' }],
      },
    });
    expect(
      value(parseCalcomEvent(fixture('calcom/BOOKING_CANCELLED.host_requested_reschedule.json'))).booking
        ?.requestReschedule,
    ).toBe(true);
  });
  it('requested, rejected, no-show, ping', () => {
    expect(value(parseCalcomEvent(fixture('calcom/BOOKING_REQUESTED.json')))).toMatchObject({
      kind: 'requested',
      booking: { status: 'pending' },
    });
    expect(value(parseCalcomEvent(fixture('calcom/BOOKING_REJECTED.json')))).toMatchObject({
      kind: 'rejected',
      booking: { status: 'rejected', rejectionReason: expect.any(String) },
    });
    expect(value(parseCalcomEvent(fixture('calcom/BOOKING_NO_SHOW_UPDATED.json')))).toMatchObject({
      kind: 'no_show',
      booking: { uid: '5vQFqxDFMjdgKGMijqtqRw', attendees: [{ noShow: true }] },
    });
    expect(value(parseCalcomEvent(fixture('calcom/PING.json')))).toMatchObject({ kind: 'ping', booking: null });
  });
  it('an event without envelope is read from its top level', () => {
    const flat = { triggerEvent: 'MEETING_ENDED', uid: 'abc', startTime: '2026-10-30T09:00:00Z', status: 'ACCEPTED' };
    expect(value(parseCalcomEvent(JSON.stringify(flat)))).toMatchObject({
      kind: 'meeting_ended',
      booking: { uid: 'abc', status: 'accepted' },
    });
  });
  it('a placeholder address of a phone booking is no address', () => {
    const body = JSON.parse(fixture('calcom/BOOKING_CREATED.json'));
    body.payload.attendees[0].email = '4915112345678@sms.cal.com';
    expect(value(parseCalcomEvent(JSON.stringify(body))).booking?.attendees[0]?.email).toBeNull();
  });
  it('what nobody sees is dropped, a name keeps what names have, and nothing is refused', () => {
    const body = JSON.parse(fixture('calcom/BOOKING_CREATED.json'));
    Object.assign(body.payload, {
      uid: 'u\u200b1',
      additionalNotes: 'Zeile 1\nZeile\u202e 2\u0000',
      cancellationReason: 'a\r\nb\u2066',
    });
    Object.assign(body.payload.attendees[0], {
      name: 'Eva\r\nATTENDEE:mailto:x@evil.test "\u202e"',
      email: 'eva@example.test\r\nBcc: x@evil.test\u200b',
    });
    body.payload.attendees.push({ name: '\u200b 12 <>', email: 'b@example.test' });
    const { booking } = value(parseCalcomEvent(JSON.stringify(body)));
    expect(booking).toMatchObject({
      uid: 'u1',
      notes: 'Zeile 1\nZeile 2',
      cancellationReason: 'a b',
      attendees: [
        { name: 'Eva ATTENDEEmailtoxevil.test', email: 'eva@example.test Bcc: x@evil.test' },
        { name: null, email: 'b@example.test' },
      ],
    });
    // No address as it stands: `isMailAddress` refuses it where a mail would go out.
    expect(isMailAddress(booking?.attendees[0]?.email ?? '')).toBe(false);
  });
  it('unknown triggers are other, never an error', () => {
    expect(value(parseCalcomEvent('{"triggerEvent":"OOO_CREATED","payload":{"oooEntry":{}}}'))).toMatchObject({
      kind: 'other',
      booking: null,
    });
    expect(parseCalcomEvent('[]')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
  });
});

describe('Retell events', () => {
  it('nested: US cents and milliseconds', () => {
    const event = value(parseRetellEvent(fixture('retell/call_analyzed.json')));
    expect(event).toMatchObject({
      kind: 'call_analyzed',
      shape: 'nested',
      dedupeKey: 'call_analyzed:call_wire0000000000000000000001',
      call: {
        agentId: 'agent_wire0000000000000000000001',
        fromNumber: '+4915112345678',
        toNumber: '+4930123456',
        startedAt: 1793181600000,
        endedAt: 1793181692500,
        durationMs: 92500,
        costUsdMicros: 200_400,
        disconnectionReason: 'user_hangup',
        sentiment: 'positive',
        successful: true,
        collectedVariables: { caller_name: 'Max Muster' },
        metadata: { tenant_id: 'ten_01' },
        route: null,
      },
    });
    expect(event.call.costParts.reduce((sum, part) => sum + part.costUsdMicros, 0)).toBe(200_400);
    expect(event.call.turns[0]).toEqual({
      role: 'agent',
      content: 'Praxis Beispiel, guten Tag! Wie kann ich helfen?',
      at: 0.4,
    });
  });
  it('the flat documented payload becomes the same call: dollars and seconds', () => {
    const flat = {
      event: 'call.ended',
      call_id: 'call_1',
      agent_id: 'agent_1',
      from_number: '+4915112345678',
      to_number: '+493012345678',
      started_at: '2026-11-20T10:00:00Z',
      duration_seconds: 92.5,
      cost_usd: 0.2004,
      transcript: 'Agent: Hallo\n',
      summary: 'Kurz.',
      sentiment: 'positive',
    };
    expect(value(parseRetellEvent(JSON.stringify(flat)))).toMatchObject({
      kind: 'call_ended',
      event: 'call_ended',
      shape: 'flat',
      call: {
        callId: 'call_1',
        durationMs: 92_500,
        costUsdMicros: 200_400,
        startedAt: Date.parse('2026-11-20T10:00:00Z'),
        summary: 'Kurz.',
        sentiment: 'positive',
      },
    });
    expect(value(parseRetellEvent(JSON.stringify({ ...flat, cost_usd: '0.2004', call_id: 17 }))).call).toMatchObject({
      costUsdMicros: 200_400,
      callId: '17',
    });
  });
  it('a call that never connected has no duration, cost or times', () => {
    expect(value(parseRetellEvent(fixture('retell/call_ended.dial_no_answer.json'))).call).toMatchObject({
      disconnectionReason: 'dial_no_answer',
      durationMs: null,
      costUsdMicros: null,
      startedAt: null,
      transcript: null,
    });
  });
  it('started, transcript and transfer events keep their kind', () => {
    expect(value(parseRetellEvent(fixture('retell/call_started.json'))).kind).toBe('call_started');
    expect(value(parseRetellEvent(fixture('retell/transcript_updated.json'))).kind).toBe('transcript_updated');
    expect(value(parseRetellEvent(fixture('retell/transfer_started.json'))).kind).toBe('transfer');
    expect(value(parseRetellEvent('{"event":"chat_started","call_id":"x"}')).kind).toBe('other');
  });
  it('refuses a body without call id, event or object', () => {
    for (const body of ['{"event":"call_ended","call":{}}', '{"call":{"call_id":"x"}}', '[]', '"x"'])
      expect(parseRetellEvent(body)).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
    expect(parseRetellEvent('{')).toMatchObject({ error: { code: 'MALFORMED_JSON' } });
  });
  it('negative, infinite or absurd amounts are unknown rather than wrong', () => {
    const call = value(parseRetellCall({ call_id: 'c', duration_seconds: 1e9, cost_usd: -1, start_timestamp: -5 }));
    expect(call).toMatchObject({ durationMs: null, costUsdMicros: null, startedAt: null });
  });
  it('never throws, whatever the JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        parseRetellEvent(JSON.stringify(body));
        parseRetellFunction(JSON.stringify(body));
        parseRetellInbound(JSON.stringify(body));
        parseCalcomEvent(JSON.stringify(body));
        parseStripeEvent(JSON.stringify(body));
      }),
    );
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'call_id',
            'event',
            'start_timestamp',
            'duration_ms',
            'cost_usd',
            'call_cost',
            'metadata',
            'transcript_object',
            'from_number',
          ),
          fc.jsonValue(),
        ),
        (call) => {
          parseRetellEvent(JSON.stringify({ event: 'call_ended', call: { call_id: 'x', ...call } }));
          parseRetellCall(call);
        },
      ),
    );
  });
});

describe('Retell inbound', () => {
  it('names both numbers, agent and call', () => {
    expect(value(parseRetellInbound(fixture('retell/call_inbound.request.json')))).toEqual({
      callId: 'call_wire0000000000000000000001',
      agentId: 'agent_wire0000000000000000000001',
      agentVersion: '3',
      fromNumber: '+4915112345678',
      toNumber: '+4930123456',
      at: 1793181598000,
    });
  });
  it('a withheld number is null, a missing call id too', () => {
    expect(
      value(
        parseRetellInbound(
          '{"event":"call_inbound","call_inbound":{"from_number":"anonymous","to_number":"+493012345678"}}',
        ),
      ),
    ).toMatchObject({ callId: null, fromNumber: null });
    expect(parseRetellInbound('{"event":"call_inbound","call_inbound":{}}')).toMatchObject({ ok: false });
  });
});

describe('Retell functions', () => {
  it('{name, call, args}', () => {
    expect(value(parseRetellFunction(fixture('retell/custom_function.request.json')))).toMatchObject({
      shape: 'call',
      name: 'check_availability',
      callId: 'call_wire0000000000000000000001',
      toolCallId: 'tool_call_wire01',
      args: { date: '2026-10-30' },
      call: { toNumber: '+4930123456' },
    });
  });
  it('arguments at the top level, with and without a call id', () => {
    expect(value(parseRetellFunction('{"call_id":"c1","date":"morgen"}'))).toEqual({
      shape: 'flat',
      name: null,
      call: null,
      callId: 'c1',
      toolCallId: null,
      args: { date: 'morgen' },
    });
    expect(value(parseRetellFunction(fixture('retell/custom_function.request.args_at_root.json')))).toMatchObject({
      shape: 'flat',
      callId: null,
      args: { date: '2026-10-30' },
    });
    expect(value(parseRetellFunction('{"call_id":12345,"when":"heute"}')).callId).toBe('12345');
  });
  it('the route of the inbound answer comes back in the call', () => {
    expect(
      value(parseRetellFunction('{"name":"x","call":{"call_id":"c","metadata":{"route":"r.1"}},"args":{}}')).call
        ?.route,
    ).toBe('r.1');
  });
  it('cuts long words and many arguments instead of refusing', () => {
    const args = Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, 'x'.repeat(5_000)]));
    const read = value(parseRetellFunction(JSON.stringify({ call_id: 'c', ...args })));
    expect(Object.keys(read.args)).toHaveLength(64);
    expect(read.args['k0']).toHaveLength(2_000);
  });
  it('refuses args that are no object', () => {
    expect(parseRetellFunction('{"name":"x","call":{"call_id":"c"},"args":"boo"}')).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    });
  });
});

describe('members of a call', () => {
  const read = (members: object) => parseRetellCall({ call_id: 'c', ...members });
  it('a text is kept up to its bound, whatever its length; nothing else passes for one', () => {
    for (const length of [1, 64, 65, 300])
      expect(value(read({ call_status: 'x'.repeat(length) })).callStatus).toHaveLength(length);
    for (const other of ['x'.repeat(301), 7, null, {}, [], true])
      expect(value(read({ call_status: other })).callStatus, JSON.stringify(other).slice(0, 20)).toBeNull();
  });
  it('ids are texts or numbers; without a call id there is no call', () => {
    expect(value(read({ agent_id: 7, agent_version: 3 }))).toMatchObject({ agentId: '7', agentVersion: '3' });
    expect(value(read({ agent_id: '' })).agentId).toBeNull();
    for (const call_id of ['', null, undefined, {}, 'x'.repeat(301)]) expect(read({ call_id }).ok).toBe(false);
    for (const wrong of [null, [], 'call', 7]) expect(parseRetellCall(wrong).ok).toBe(false);
  });
  it('members of Object are no members of a call', () => {
    const call = value(parseRetellCall(JSON.parse('{"call_id":"c","__proto__":{"agent_id":"x"},"constructor":"y"}')));
    expect([call.agentId, call.callId]).toEqual([null, 'c']);
  });
});

describe('what no vendor should send', () => {
  const call = (members: object): string =>
    JSON.stringify({ event: 'call_ended', call: { call_id: 'c', start_timestamp: 1793181600000, ...members } });

  it.each([1e308, 8.7e15, -1, 0, '+275760-09-13T00:00:00Z', 'soon', {}])(
    'a call that ended at %s has no known end',
    (end_timestamp) => {
      expect(value(parseRetellEvent(call({ end_timestamp }))).call.endedAt).toBeNull();
    },
  );
  it('a text cut in the middle of an emoji is kept in whole characters', () => {
    const event = value(
      parseRetellEvent('{"event":"call_ended","call":{"call_id":"c","transcript":"User: ja \\ud83d"}}'),
    );
    expect(event.call.transcript).toBe('User: ja \ufffd');
    expect(value(parseRetellFunction('{"call_id":"c","notes":"\\ude00"}')).args).toEqual({ notes: '\ufffd' });
    expect(value(parseRetellFunction(JSON.stringify({ call_id: 'c', notes: `${'x'.repeat(1_999)}😀` }))).args).toEqual({
      notes: `${'x'.repeat(1_999)}\ufffd`,
    });
    const booked = value(parseCalcomEvent('{"triggerEvent":"BOOKING_CREATED","payload":{"uid":"u\\ud800"}}'));
    expect(booked.booking?.uid).toBe('u\ufffd');
  });
  it.each(['constructor', '__proto__', 'toString'])('%s is no trigger of Cal.com', (triggerEvent) => {
    expect(value(parseCalcomEvent(JSON.stringify({ triggerEvent, payload: { uid: 'u' } }))).kind).toBe('other');
  });
  it('a change at Cal.com said to be made in the year 9999 is not the last word for ever', () => {
    const event = value(
      parseCalcomEvent(
        '{"triggerEvent":"BOOKING_CREATED","createdAt":"9999-12-31T23:59:59Z","payload":{"uid":"u","startTime":"9999-12-31T23:00:00Z"}}',
      ),
    );
    expect([event.createdAt, event.booking?.startsAt]).toEqual([null, null]);
  });
});
