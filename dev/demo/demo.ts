/**
 * `npm run demo` against a running server: plays the main job from outside with correctly signed requests — a call that books, Cal.com,
 * messages, a top-up, a second tenant's charge — and prints each step with its time and outcome. Exit code 1 when a step fails.
 */
import type { AppointmentResponse, BookRequest } from '../../shared/contract/appointments.ts';
import type { BalanceResponse } from '../../shared/contract/money.ts';
import { bookingCall, DEMO_LINES, demoCall } from '../sandbox/retell-scripts.ts';
import { type PlayedCall, playCall } from '../sandbox/retell-call.ts';
import { DEMO_SECRETS } from '../sandbox/settings.ts';
import { api, askpro, expect, json, sandbox, SANDBOX, step, summary, until } from './demo-steps.ts';

const SALON_KEY = 'ask_test_demo_salon_schoen';
const PHYSIO_KEY = 'ask_test_demo_physio_plus';

const bookedId = (call: PlayedCall): string =>
  String(call.memory.results['book-appointment']?.['appointment_id'] ?? '');

/** An unknown caller, so that the demo can be run again and again. */
const unique = String(Date.now()).slice(-7);
const CALLER = `+49171${unique}`;
const NAME = 'Erika Mustermann';

async function play(
  line: keyof typeof DEMO_LINES,
  script: Parameters<typeof playCall>[0]['script'],
): Promise<PlayedCall> {
  return playCall({
    askproBaseUrl: askpro,
    script,
    apiKey: DEMO_SECRETS.retellApiKey,
    onStep: (s) => {
      const message = (s.response as { message?: string } | null)?.message;
      step(`${line} · ${s.step}`, s.ms, s.ok, message ?? (s.status === null ? 'no answer' : `HTTP ${s.status}`));
    },
  });
}

async function main(): Promise<void> {
  await expect('the server answers', async () => {
    const health = await json<{ status: string; version: string }>(`${askpro}/api/health`);
    return health.status === 'ok' ? `version ${health.version}` : Promise.reject(new Error(health.status));
  });
  const before = await json<BalanceResponse>(`${askpro}/customer/balance`, SALON_KEY);

  // 1. An unknown caller rings the salon, is understood, and books.
  const call = await play(
    'salon-schoen',
    bookingCall(
      DEMO_LINES['salon-schoen'],
      { service: 'Haarschnitt', when: 'so schnell wie möglich', name: NAME },
      { from_number: CALLER, duration_seconds: 92 },
    ),
  );
  const appointmentId = bookedId(call);
  await expect('the call booked an appointment', async () =>
    call.ok && appointmentId !== '' ? appointmentId : Promise.reject(new Error('no appointment_id')),
  );
  const booking = (): Promise<AppointmentResponse> => json(`${askpro}/api/v1/appointments/${appointmentId}`, SALON_KEY);
  await expect('the appointment is in the list of the day', async () => {
    const shown = await booking();
    return `${shown.data.status} ${shown.data.starts_at}`;
  });

  // 2. A second try for the same slot finds it taken.
  await expect('nobody else can have that slot', async () => {
    const { data } = await booking();
    const answer = await api('POST', `${askpro}/api/v2/bookings`, SALON_KEY, {
      customer_id: String(call.memory.results['check-customer']?.['customer_id'] ?? ''),
      service_id: data.service_id,
      staff_id: data.staff_id,
      branch_id: data.branch_id,
      starts_at: data.starts_at,
      source: 'api',
    } satisfies BookRequest);
    const body = answer.body as { error?: { code?: string; details?: { alternatives?: unknown[] } } };
    if (answer.status !== 409) throw new Error(`HTTP ${answer.status}`);
    return `409 ${body.error?.code ?? ''}, ${body.error?.details?.alternatives?.length ?? 0} alternatives`;
  });

  // 3. Cal.com and the customer's phone have it.
  await expect('Cal.com has the booking', () =>
    until(async () => {
      const shown = await booking();
      return shown.data.sync_status === 'synced' ? 'synced' : null;
    }),
  );
  await expect('the customer got one confirmation by SMS', () =>
    until(async () => {
      const { messages } = await sandbox<{ messages: { to: string; body: string }[] }>('/_sandbox/twilio/messages');
      const mine = messages.filter((m) => m.to === CALLER);
      if (mine.length > 1) throw new Error(`${mine.length} messages`);
      return mine[0] ? mine[0].body.slice(0, 80) : null;
    }),
  );

  // 4. Somebody moves it at Cal.com; our calendar follows.
  await expect('a move at Cal.com moves the appointment', async () => {
    const old = await booking();
    const { bookings } = await sandbox<{
      bookings: { uid: string; status: string; metadata: Record<string, string> }[];
    }>('/_sandbox/calcom/bookings');
    const mine = bookings.find((b) => b.status === 'accepted' && Object.values(b.metadata).includes(appointmentId));
    if (!mine) throw new Error('not found at Cal.com');
    const wanted = new Date(Date.parse(old.data.starts_at) + 21 * 86_400_000).toISOString();
    const moved = await api('POST', `${SANDBOX}/_sandbox/calcom/move`, null, { uid: mine.uid, start: wanted });
    if (moved.status >= 300) throw new Error(`sandbox: HTTP ${moved.status}`);
    return until(async () => {
      const now = await booking();
      return now.data.starts_at !== old.data.starts_at ? `${old.data.starts_at} → ${now.data.starts_at}` : null;
    });
  });
  await expect('a stranger who knows the number hears nothing and cancels nothing', async () => {
    const tried = await play('salon-schoen', {
      ...DEMO_LINES['salon-schoen'],
      from_number: null,
      duration_seconds: 20,
      turns: [
        { user: 'Guten Tag, ich möchte meinen Termin absagen.' },
        { function: 'check-customer', args: { call_id: '{{call_id}}', phone_number: CALLER } },
        { function: 'list-appointments', args: { call_id: '{{call_id}}', phone_number: CALLER, name: NAME } },
        {
          function: 'cancel-appointment',
          args: { call_id: '{{call_id}}', phone_number: CALLER, name: NAME, confirm: true },
        },
      ],
    });
    const { results } = tried.memory;
    const found = results['check-customer']?.['customer_found'];
    if (
      found !== false ||
      results['cancel-appointment']?.['success'] !== false ||
      results['list-appointments']?.['success'] !== false
    )
      throw new Error(JSON.stringify(results).slice(0, 300));
    return `level ${String(results['cancel-appointment']?.['level'])}`;
  });
  await expect('the caller cancels by phone, with the name as proof and a yes to what was read back', async () => {
    const cancelled = await play('salon-schoen', {
      ...DEMO_LINES['salon-schoen'],
      from_number: CALLER,
      duration_seconds: 41,
      turns: [
        { user: `Guten Tag, ${NAME}, ich muss meinen Termin leider absagen.` },
        { function: 'check-customer', args: { call_id: '{{call_id}}', phone_number: CALLER } },
        { function: 'cancel-appointment', args: { call_id: '{{call_id}}', name: NAME, reason: 'krank' } },
        { agent: '{{cancel-appointment.message}}' },
        { user: 'Ja, bitte.' },
        {
          function: 'cancel-appointment',
          args: { call_id: '{{call_id}}', name: NAME, reason: 'krank', confirm: true },
        },
      ],
    });
    if (!cancelled.ok) throw new Error('a step failed');
    return until(async () => ((await booking()).data.status === 'cancelled' ? 'cancelled' : null));
  });
  await expect('Cal.com and the customer know of the cancellation', () =>
    until(async () => {
      const { messages } = await sandbox<{ messages: { to: string; body: string }[] }>('/_sandbox/twilio/messages');
      const told = messages.filter((m) => m.to === CALLER && /abgesagt/.test(m.body));
      const shown = await booking();
      if (told.length > 1) throw new Error('told twice');
      return told.length === 1 && shown.data.sync_status === 'synced' ? told[0]?.body.slice(0, 80) : null;
    }),
  );

  await expect('the link of that message puts the appointment back, once', async () => {
    const { messages } = await sandbox<{ messages: { to: string; body: string }[] }>('/_sandbox/twilio/messages');
    const link = /https?:\/\/\S+\/u\/[\w-]+/.exec(
      messages.find((m) => m.to === CALLER && /abgesagt/.test(m.body))?.body ?? '',
    )?.[0];
    if (!link) throw new Error('no link in the message');
    const page = `${askpro}${new URL(link).pathname}`;
    const looked = await (await fetch(page)).text();
    if (!looked.includes('<form')) throw new Error('the page has no button');
    if ((await booking()).data.status !== 'cancelled') throw new Error('looking at the page changed something');
    await fetch(page, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: '' });
    return until(async () => {
      const { data } = await booking();
      return data.status === 'confirmed' && data.sync_status === 'synced' ? 'confirmed, and at Cal.com again' : null;
    });
  });

  // 5. The call is there with transcript and receipt.
  await expect('the call has transcript, summary and a receipt', () =>
    until(async () => {
      const shown = await json<{
        data: {
          transcript: unknown[];
          summary: string | null;
          receipt: { state: string; charged_cents: number } | null;
        };
      }>(`${askpro}/api/v1/calls/${call.call_id}`, SALON_KEY);
      const { transcript, summary: said, receipt } = shown.data;
      return transcript.length > 0 && said && receipt?.state === 'captured'
        ? `${transcript.length} lines, charged ${receipt.charged_cents} cents`
        : null;
    }),
  );

  // 6. The balance is topped up through Stripe; duplicates credit once.
  await expect('a top-up of 100.00 credits 105.00, exactly once', async () => {
    const opened = await api('POST', `${askpro}/api/v2/topups`, SALON_KEY, { amount_cents: 10_000, method: 'stripe' });
    const topup = opened.body as { checkout_url?: string; topup_id?: string; bonus_cents?: number };
    if (opened.status !== 201 || !topup.checkout_url)
      throw new Error(`HTTP ${opened.status} ${JSON.stringify(opened.body).slice(0, 200)}`);
    // The balance alone would not do: the fee of an appointment booked above may come at the same moment.
    const credit = async (): Promise<number> => {
      const { data } = await json<{ data: { reference_id: string | null; amount_cents: number }[] }>(
        `${askpro}/api/v2/transactions?limit=50`,
        SALON_KEY,
      );
      return data
        .filter(({ reference_id }) => reference_id === topup.topup_id)
        .reduce((sum, { amount_cents }) => sum + amount_cents, 0);
    };
    const session = new URL(topup.checkout_url).pathname.split('/').at(-1);
    const paid = await api('POST', `${SANDBOX}/_sandbox/stripe/pay`, null, { session, method: 'card' });
    if (paid.status >= 300) throw new Error(`sandbox: HTTP ${paid.status}`);
    await until(async () => ((await credit()) === 10_500 ? true : null));
    await api('POST', `${SANDBOX}/_sandbox/stripe/resend`, null, { session });
    await new Promise((resolve) => setTimeout(resolve, 500));
    const again = await credit();
    if (again !== 10_500) throw new Error(`a repeat credited ${again} cents`);
    const { data } = await json<BalanceResponse>(`${askpro}/customer/balance`, SALON_KEY);
    return `credited ${again} cents, balance ${data.balance_cents} cents`;
  });

  // 7. Another tenant, another plan: every call charges.
  const physioBefore = await json<BalanceResponse>(`${askpro}/customer/balance`, PHYSIO_KEY);
  const physio = await play(
    'physio-plus',
    demoCall('physio-plus', { duration_seconds: 90, from_number: `+43664${unique}` }),
  );
  await expect('physio-plus pays 1.5 minutes at 0.20: 0.30', () =>
    until(async () => {
      // the receipt first: a balance read before it could be the one before the charge
      const shown = await json<{ data: { receipt: { state: string; charged_cents: number } | null } }>(
        `${askpro}/api/v1/calls/${physio.call_id}`,
        PHYSIO_KEY,
      );
      const now = await json<BalanceResponse>(`${askpro}/customer/balance`, PHYSIO_KEY);
      const charged = physioBefore.data.balance_cents - now.data.balance_cents;
      if (shown.data.receipt?.state !== 'captured' || now.data.held_cents !== 0) return null;
      if (charged !== 30) throw new Error(`charged ${charged} cents`);
      return `${physioBefore.data.balance_cents} → ${now.data.balance_cents} cents`;
    }),
  );

  // 8. Books are in order, as soon as the last call's messages, bookings at Cal.com and usage have gone their way.
  await expect('ledgers verify, D1 equals the objects, nothing is parked', () =>
    until(async () => {
      await api('POST', `${askpro}/api/dev/flush`, null, {});
      const verified = await json<{
        tenants: {
          tenant: string;
          ledger: { ok: boolean; problems: unknown[] };
          calendar: { ok: boolean; compared: number };
          projection: { ok: boolean };
        }[];
      }>(`${askpro}/api/dev/verify`);
      const broken = verified.tenants.filter((t) => !t.ledger.ok);
      if (broken.length > 0) throw new Error(JSON.stringify(broken).slice(0, 400));
      const effects = await json<{ parked: number; done: number }>(`${askpro}/api/dev/effects`);
      if (effects.parked > 0) throw new Error(`${effects.parked} parked`);
      // an effect that ended after the flush writes again: D1 follows in a moment
      if (!verified.tenants.every((t) => t.calendar.ok && t.projection.ok)) return null;
      return `${verified.tenants.length} tenants, ${effects.done} effects done; salon started at ${before.data.balance_cents} cents`;
    }),
  );
}

await main().catch((fault: unknown) => step('demo', 0, false, fault instanceof Error ? fault.message : String(fault)));
process.exitCode = summary();
