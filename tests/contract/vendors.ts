/** Third parties of the contract test: the few answers that an owner's request needs; everything else is refused without a network. */
import { vi } from 'vitest';
import { RetellAccount } from '../../dev/sandbox/retell-account.ts';

let sessions = 0;
let calcomSerial = 880_000;
/** Disputes that stand otherwise than `stubVendors` answers by itself, by top-up: their status, and what they have moved so far. */
export const disputesAtStripe = new Map<string, { status: string; moved: readonly number[] }>();
/** What was asked for, by top-up: its dispute, `du_<top-up>`, is about all of it. */
const totals = new Map<string, number>();

/** Agents, models and numbers at Retell, as the sandbox has them. */
export const retellAccount = new RetellAccount(() => Date.now());

/** Event types at Cal.com: each one that is asked for is made, and nothing is there before. */
function calcomTypes(path: string, init: RequestInit | undefined): Response | null {
  if (path.endsWith('/v2/me')) return Response.json({ data: { id: 1, email: 'salon@cal.example' } });
  if (!/\/v2\/event-types(\/\d+)?$/.test(path)) return null;
  if ((init?.method ?? 'GET') === 'GET') return Response.json({ data: [] });
  const fields = JSON.parse(String(init?.body ?? '{}')) as object;
  return Response.json({ data: { slug: 'type', title: 'Type', lengthInMinutes: 30, ...fields, id: ++calcomSerial } });
}

/** Replaces `fetch` for the whole file; answers Stripe's checkout session, and disputes of what was opened there. */
export function stubVendors(): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = new URL(typeof input === 'string' ? input : input instanceof URL ? input : input.url);
    if (url.pathname.endsWith('/v1/checkout/sessions')) {
      const id = `cs_test_${++sessions}`;
      const order = new URLSearchParams(String(init?.body ?? ''));
      const price = (line: number): number => Number(order.get(`line_items[${line}][price_data][unit_amount]`) ?? 0);
      const total = price(0) + price(1);
      totals.set(order.get('metadata[topup_id]') ?? '', total);
      return Response.json({
        id,
        object: 'checkout.session',
        url: `https://checkout.stripe.test/c/${id}`,
        status: 'open',
        payment_status: 'unpaid',
        payment_intent: null,
        customer: null,
        amount_total: total,
        currency: 'eur',
        metadata: {},
      });
    }
    const disputed = /\/v1\/disputes\/du_(.+)$/.exec(url.pathname)?.[1];
    if (disputed !== undefined) {
      const amount = totals.get(disputed);
      if (amount === undefined)
        return Response.json({ error: { type: 'invalid_request_error', message: 'no such dispute' } }, { status: 404 });
      const { status, moved } = disputesAtStripe.get(disputed) ?? { status: 'needs_response', moved: [-amount] };
      return Response.json({
        id: `du_${disputed}`,
        object: 'dispute',
        charge: `ch_${disputed}`,
        payment_intent: `pi_${disputed}`,
        amount,
        currency: 'eur',
        reason: 'fraudulent',
        status,
        balance_transactions: moved.map((one, n) => ({
          id: `txn_${disputed}_${n}`,
          amount: one,
          fee: 1_500,
          currency: 'eur',
        })),
      });
    }
    const atCalcom = calcomTypes(url.pathname, init);
    if (atCalcom !== null) return atCalcom;
    const body = typeof init?.body === 'string' && init.body.startsWith('{') ? (JSON.parse(init.body) as object) : {};
    const { pathname: path, searchParams: query } = url;
    const answered = retellAccount.handle({ method: init?.method ?? 'GET', path, query, body: { ...body } });
    if (answered !== null)
      return answered.body === undefined
        ? new Response(null, { status: answered.status })
        : Response.json(answered.body, { status: answered.status });
    return Response.json({ error: { message: 'not stubbed in tests/contract/vendors.ts' } }, { status: 503 });
  });
}
