/** Third parties of the contract test: the few answers that an owner's request needs; everything else is refused without a network. */
import { vi } from 'vitest';

let sessions = 0;

/** Replaces `fetch` for the whole file; answers Stripe's checkout session. */
export function stubVendors(): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = new URL(typeof input === 'string' ? input : input instanceof URL ? input : input.url);
    if (url.pathname.endsWith('/v1/checkout/sessions')) {
      const id = `cs_test_${++sessions}`;
      const order = new URLSearchParams(String(init?.body ?? ''));
      const price = (line: number): number => Number(order.get(`line_items[${line}][price_data][unit_amount]`) ?? 0);
      return Response.json({
        id,
        object: 'checkout.session',
        url: `https://checkout.stripe.test/c/${id}`,
        status: 'open',
        payment_status: 'unpaid',
        payment_intent: null,
        customer: null,
        amount_total: price(0) + price(1),
        currency: 'eur',
        metadata: {},
      });
    }
    return Response.json({ error: { message: 'not stubbed in tests/contract/vendors.ts' } }, { status: 503 });
  });
}
