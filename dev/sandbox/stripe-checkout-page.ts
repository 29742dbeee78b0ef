/** The hosted Checkout page of the sandbox, German or English: a person clicks how the payment ends. Called by stripe.ts. */
import { asCents, centsToDecimal, fromStripeAmount } from '../../shared/money.ts';
import { document, escapeHtml } from './page-frame.ts';

export interface CheckoutView {
  kind: 'session';
  german: boolean;
  id: string;
  status: string;
  /** minor units */
  amount: number;
  currency: string;
  methods: readonly string[];
  lines: readonly { name: string; quantity: number; amount: number }[];
  cancellable: boolean;
  setup: boolean;
  declined: boolean;
}

const TEXT = {
  de: {
    title: 'Zahlung',
    sandbox: 'Testumgebung: Es fließt kein Geld.',
    total: 'Gesamt',
    card: 'Mit Karte zahlen',
    sepa: 'Mit SEPA-Lastschrift zahlen',
    setup: 'Karte hinterlegen',
    decline: 'Ablehnung der Karte testen',
    cancel: 'Zurück, ohne zu zahlen',
    declined: 'Die Karte wurde abgelehnt. Bitte eine andere Zahlungsart wählen.',
    complete: 'Diese Zahlung ist abgeschlossen.',
    expired: 'Diese Zahlungsseite ist abgelaufen.',
    unknown: 'Diese Zahlungsseite gibt es nicht.',
    sepaNote: 'Eine Lastschrift bleibt zunächst „in Bearbeitung“, bis die Bank sie bestätigt.',
  },
  en: {
    title: 'Payment',
    sandbox: 'Test environment: no money moves.',
    total: 'Total',
    card: 'Pay by card',
    sepa: 'Pay by SEPA direct debit',
    setup: 'Save card',
    decline: 'Test a declined card',
    cancel: 'Back without paying',
    declined: 'The card was declined. Please choose another way to pay.',
    complete: 'This payment is complete.',
    expired: 'This payment page has expired.',
    unknown: 'There is no such payment page.',
    sepaNote: 'A direct debit stays “processing” until the bank has confirmed it.',
  },
} as const;

/** Whole HTML document. Forms post to `{page}/pay` with `method`, the same that tests post. */
export function checkoutPage(view: CheckoutView | { kind: 'unknown'; german: boolean }): string {
  const language = view.german ? 'de' : 'en';
  const text = TEXT[language];
  const frame = (body: string): string =>
    document(
      text.title,
      `<main class="narrow"><div class="card">${body}</div><p class="dim">${text.sandbox}</p></main>`,
      language,
    );
  if (view.kind === 'unknown') return frame(`<h1>${text.unknown}</h1>`);
  if (view.status !== 'open') return frame(`<h1>${view.status === 'complete' ? text.complete : text.expired}</h1>`);
  const money = (amount: number): string =>
    escapeHtml(
      new Intl.NumberFormat(language === 'de' ? 'de-DE' : 'en-GB', {
        style: 'currency',
        currency: view.currency,
      }).format(centsToDecimal(fromStripeAmount(amount, view.currency) ?? asCents(0), view.currency) as `${number}`),
    );
  const lines = view.lines
    .map(
      (line) =>
        `<tr><td>${escapeHtml(line.name)}${line.quantity > 1 ? ` × ${line.quantity}` : ''}</td><td class="n" style="text-align:right">${money(line.amount)}</td></tr>`,
    )
    .join('');
  const base = `/stripe/checkout/${encodeURIComponent(view.id)}`;
  const choice = (method: string, label: string, plain = false): string =>
    `<form method="post" action="${base}/pay"><input type="hidden" name="method" value="${method}"><button${plain ? ' class="plain"' : ''} style="width:100%" data-method="${method}">${label}</button></form>`;
  const choices = [
    view.methods.includes('card') ? choice('card', view.setup ? text.setup : text.card) : '',
    view.methods.includes('sepa_debit') && !view.setup ? choice('sepa_debit', text.sepa) : '',
    view.methods.includes('card') && !view.setup ? choice('card_declined', text.decline, true) : '',
    view.cancellable
      ? `<a class="button plain" style="text-align:center" href="${base}/cancel" data-method="cancel">${text.cancel}</a>`
      : '',
  ];
  return frame(
    `<h1>${text.title}</h1>${view.declined ? `<p class="bad" role="alert">${text.declined}</p>` : ''}` +
      (view.setup
        ? ''
        : `<table>${lines}</table><div class="total"><span>${text.total}</span><span>${money(view.amount)}</span></div>`) +
      `<div class="stack" style="margin-top:1.25rem">${choices.join('')}</div>` +
      (view.methods.includes('sepa_debit') && !view.setup ? `<p class="dim">${text.sepaNote}</p>` : ''),
  );
}
