/** The sandbox's pages for a person: what each service received, an SMS inbox, mails, bookings, payments, calls, and forms for faults. Called by sandbox.ts. */
import type { CalcomRecord } from './calcom.ts';
import type { Fault } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import { document, escapeHtml } from './page-frame.ts';
import type { PlayedCall } from './retell-call.ts';
import type { RetellView } from './retell.ts';
import { SERVICES, type ServiceName } from './settings.ts';
import type { KeptMail } from './smtp.ts';
import type { StripeView } from './stripe.ts';
import type { TelegramRecord } from './telegram.ts';
import type { TwilioRecord } from './twilio.ts';
import type { Delivery } from './webhooks-out.ts';

const ROWS = 100;

const NAMES: Readonly<Record<ServiceName, string>> = {
  stripe: 'Stripe',
  calcom: 'Cal.com',
  retell: 'Retell',
  twilio: 'Twilio',
  telegram: 'Telegram',
  smtp: 'E-mail',
  push: 'Web push',
  cloudflare: 'Cloudflare',
  vies: 'VIES',
  dns: 'DNS over HTTPS',
  pwned: 'Have I Been Pwned',
};

const time = (at: number | string): string =>
  `<time>${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}</time>`;
const pretty = (value: unknown): string =>
  escapeHtml(typeof value === 'string' ? value : JSON.stringify(value, null, 2));

function frame(title: string, body: string): string {
  const links = SERVICES.map((name) => `<a href="/_sandbox/${name}">${NAMES[name]}</a>`).join('');
  return document(
    `${title} · sandbox`,
    `<header class="top"><strong><a href="/_sandbox/">AskProAI sandbox</a></strong><nav>${links}</nav></header><main>${body}</main>`,
  );
}

interface Overview {
  askpro: string;
  smtpPort: number;
  now: number;
  counts: Readonly<Record<ServiceName, { requests: number; pending: number; faults: number }>>;
}

export function overviewPage(view: Overview): string {
  const cards = SERVICES.map((name) => {
    const { requests, pending, faults } = view.counts[name];
    return `<a class="card" style="text-decoration:none;color:inherit" href="/_sandbox/${name}"><strong>${NAMES[name]}</strong><br><span class="dim">${requests} received${pending ? `, ${pending} webhooks on their way` : ''}${faults ? `, <span class="bad">${faults} faults armed</span>` : ''}</span></a>`;
  }).join('');
  return frame(
    'Overview',
    `<h1>Stand-ins of the services AskProAI talks to</h1><p class="dim">They behave like the real ones on the calls we make. Webhooks go to ${escapeHtml(view.askpro)}; mail is taken on port ${view.smtpPort}. Sandbox time: ${time(view.now)}.</p>` +
      `<div class="grid">${cards}</div><h2>Play a phone call</h2>${callForm()}<h2>Start over</h2>` +
      `<form method="post" action="/_sandbox/reset"><button class="plain">Forget everything received</button></form>`,
  );
}

const callForm = (): string =>
  `<div class="card"><form class="row" method="post" action="/_sandbox/retell/call"><label>Calls<select name="line"><option value="salon-schoen">Salon Schön</option><option value="physio-plus">Physio Plus</option><option value="barber-zurich">Barber Zürich</option></select></label>` +
  `<label>Wants<input name="service" placeholder="Haarschnitt"></label><label>When, in their words<input name="when" placeholder="übermorgen um halb drei"></label>` +
  `<label>Name<input name="name" placeholder="Erika Mustermann"></label><label>From<input name="from_number" placeholder="+4915112345678"></label><label>Takes<select name="ms_per_word"><option value="0">no time</option><option value="300">as long as it is spoken, line by line</option></select></label><button data-action="demo-call">Play the call</button></form></div>`;

export function playedCallPage(played: PlayedCall): string {
  const steps = played.steps
    .map(
      (step) =>
        `<tr><td>${escapeHtml(step.step)}</td><td class="n ${step.ok ? 'good' : 'bad'}">${step.status ?? 'no answer'}</td><td class="n">${step.ms} ms</td><td><details><summary>${escapeHtml(said(step.response))}</summary><pre>${pretty(step.request)}\n\n${pretty(step.response)}</pre></details></td></tr>`,
    )
    .join('');
  return frame(
    'Call',
    `<h1>${played.rejected ? 'The call was refused' : played.ok ? 'The call went through' : 'The call met a problem'}</h1><p class="dim"><code>${escapeHtml(played.call_id)}</code></p>` +
      `<div class="card scroll"><table><tr><th>Step</th><th>Status</th><th>Took</th><th>Answer</th></tr>${steps}</table></div><h2>Transcript</h2><div class="card"><pre>${escapeHtml(played.transcript)}</pre></div><h2>Another one</h2>${callForm()}`,
  );
}

function said(response: unknown): string {
  const message =
    typeof response === 'object' && response !== null ? (response as Record<string, unknown>)['message'] : null;
  return typeof message === 'string' ? message : 'show';
}

interface ServiceView {
  name: ServiceName;
  requests: readonly JournalEntry[];
  deliveries: readonly Delivery[];
  faults: readonly (Fault & { remaining: number })[];
  content: string;
}

export function servicePage(view: ServiceView): string {
  const requests = [...view.requests].reverse().slice(0, ROWS);
  const rows = requests
    .map(
      (one) =>
        `<tr><td class="n">${time(one.at)}</td><td>${escapeHtml(one.method)}</td><td style="overflow-wrap:anywhere">${escapeHtml(one.path)}</td><td class="n">${one.answered}${one.fault ? ` <span class="pill bad">${escapeHtml(one.fault)}</span>` : ''}</td><td><details><summary>show</summary><pre>${pretty(one.body)}</pre></details></td></tr>`,
    )
    .join('');
  const deliveries = [...view.deliveries]
    .reverse()
    .slice(0, ROWS)
    .map(
      (one) =>
        `<tr><td>${escapeHtml(one.event)}${one.duplicate ? ' <span class="pill">duplicate</span>' : ''}</td><td class="${one.state === 'delivered' ? 'good' : one.state === 'pending' ? '' : 'bad'}">${one.state}</td><td class="n">${one.attempts.map((attempt) => attempt.status ?? 'no answer').join(', ')}</td><td><details><summary>show</summary><pre>${pretty(tryJson(one.body))}</pre></details></td></tr>`,
    )
    .join('');
  return frame(
    NAMES[view.name],
    `<h1>${NAMES[view.name]}</h1>${view.content}<h2>Faults</h2>${faultBox(view)}` +
      `<h2>Received</h2><p><a href="/_sandbox/${view.name}/requests">As JSON</a></p>${requests.length === 0 ? '<p class="dim">Nothing yet.</p>' : `<div class="card scroll"><table><tr><th>At</th><th>Method</th><th>Path</th><th>Answered</th><th>Body</th></tr>${rows}</table></div>`}` +
      (deliveries === ''
        ? ''
        : `<h2>Webhooks sent</h2><div class="card scroll"><table><tr><th>Event</th><th>State</th><th>Answers</th><th>Body</th></tr>${deliveries}</table></div>`),
  );
}

function faultBox(view: ServiceView): string {
  const armed = view.faults
    .map(
      (fault) =>
        `<tr><td>${fault.mode}${fault.mode === 'status' ? ` ${fault.status}` : ''}</td><td>${escapeHtml(fault.path ?? 'any path')}</td><td class="n">${fault.hits} of ${fault.times} hit</td></tr>`,
    )
    .join('');
  return (
    `<div class="card"><form class="row" method="post" action="/_sandbox/${view.name}/faults"><label>The next calls<select name="mode"><option value="status">fail with a status</option><option value="timeout">act, then stay silent</option><option value="drop">lose the connection</option><option value="duplicate">send the webhook twice</option><option value="slow">answer slowly</option></select></label>` +
    `<label>Status<input name="status" inputmode="numeric" size="5" placeholder="${view.name === 'smtp' ? 451 : 503}"></label><label>Times<input name="times" inputmode="numeric" size="5" placeholder="1"></label><label>Only paths with<input name="path" size="14"></label><label>Delay in ms<input name="delay_ms" inputmode="numeric" size="7" placeholder="3000"></label><button>Arm</button></form>` +
    `${armed === '' ? '' : `<table>${armed}</table><form method="post" action="/_sandbox/${view.name}/faults/clear" style="margin-top:.75rem"><button class="plain">Clear</button></form>`}</div>`
  );
}

// ---------------------------------------------------------------- per service

export function stripeContent(view: StripeView): string {
  const rows = view.sessions
    .slice(0, ROWS)
    .map((session) => {
      const id = escapeHtml(session.id);
      const open = session['status'] === 'open';
      const waiting = session['status'] === 'complete' && session['payment_status'] === 'unpaid';
      const settle = (outcome: string, label: string): string =>
        `<form method="post" action="/_sandbox/stripe/settle"><input type="hidden" name="session" value="${id}"><input type="hidden" name="outcome" value="${outcome}"><button class="plain">${label}</button></form>`;
      return `<tr><td style="overflow-wrap:anywhere"><code>${id}</code></td><td class="n">${money(session['amount_total'], session['currency'])}</td><td>${escapeHtml(String(session['status']))}, ${escapeHtml(String(session['payment_status']))}</td><td><div class="row" style="display:flex;gap:.5rem">${open ? `<a class="button plain" href="/stripe/checkout/${id}">Open page</a>` : ''}${waiting ? settle('succeeded', 'Debit succeeds') + settle('failed', 'Debit fails') : ''}</div></td></tr>`;
    })
    .join('');
  return `<h2>Checkout sessions</h2>${rows === '' ? '<p class="dim">None yet. A top-up in the portal opens one.</p>' : `<div class="card scroll"><table><tr><th>Session</th><th>Amount</th><th>State</th><th>Action</th></tr>${rows}</table></div>`}`;
}

const money = (amount: unknown, currency: unknown): string =>
  typeof amount === 'number'
    ? escapeHtml(
        new Intl.NumberFormat('en-GB', { style: 'currency', currency: String(currency ?? 'eur').toUpperCase() }).format(
          amount / 100,
        ),
      )
    : '';

export function calcomContent(bookings: readonly CalcomRecord[]): string {
  const rows = bookings
    .slice(0, ROWS)
    .map(
      (one) =>
        `<tr><td class="n">${time(one.start)}</td><td>${escapeHtml(one.attendee.name)}<br><span class="dim">${escapeHtml(one.attendee.phoneNumber ?? one.attendee.email)}</span></td><td>${escapeHtml(one.eventType.title)}<br><span class="dim">${escapeHtml(one.host.name)}</span></td><td>${one.status}</td><td>${one.status === 'accepted' || one.status === 'pending' ? `<form method="post" action="/_sandbox/calcom/cancel"><input type="hidden" name="uid" value="${escapeHtml(one.uid)}"><input type="hidden" name="reason" value="Cancelled on cal.com"><button class="plain">Cancel</button></form>` : ''}</td></tr>`,
    )
    .join('');
  return (
    `<h2>Bookings</h2>${rows === '' ? '<p class="dim">None yet.</p>' : `<div class="card scroll"><table><tr><th>Start (UTC)</th><th>Attendee</th><th>Event</th><th>Status</th><th>Action</th></tr>${rows}</table></div>`}` +
    `<h2>Book as a customer on cal.com</h2><div class="card"><form class="row" method="post" action="/_sandbox/calcom/book"><label>Event type id<input name="eventTypeId" inputmode="numeric" required size="8"></label><label>Start (UTC)<input name="start" placeholder="2026-12-01T10:00:00Z" required></label><label>Name<input name="name" required></label><label>Phone<input name="phoneNumber" placeholder="+4915112345678"></label><label>E-mail<input name="email" type="email"></label><input type="hidden" name="timeZone" value="Europe/Berlin"><input type="hidden" name="language" value="de"><button>Book</button></form></div>`
  );
}

export function retellContent(view: RetellView): string {
  const rows = view.played
    .slice(0, ROWS)
    .map(
      (one) =>
        `<tr><td style="overflow-wrap:anywhere"><a href="/_sandbox/retell/played/${escapeHtml(one.call_id)}"><code>${escapeHtml(one.call_id)}</code></a></td><td class="${one.ok ? 'good' : 'bad'}">${one.rejected ? 'refused' : one.ok ? 'went through' : 'met a problem'}</td><td class="n">${one.steps.length} steps</td></tr>`,
    )
    .join('');
  return `<h2>Play a phone call</h2>${callForm()}<h2>Calls played</h2>${rows === '' ? '<p class="dim">None yet.</p>' : `<div class="card scroll"><table>${rows}</table></div>`}`;
}

export function twilioContent(messages: readonly TwilioRecord[]): string {
  const bubbles = messages
    .slice(0, ROWS)
    .map(
      (one) =>
        `<div><span class="dim">${one.direction === 'inbound' ? 'from' : 'to'} ${escapeHtml(one.direction === 'inbound' ? (one.from ?? '') : one.to)} · ${time(one.createdAt)} · ${escapeHtml(one.status)}${one.errorCode === null ? '' : ` ${one.errorCode}`} · ${one.segments} segment${one.segments === 1 ? '' : 's'}</span><div class="bubble">${linked(one.body)}</div></div>`,
    )
    .join('');
  return `<h2>Phone</h2>${bubbles === '' ? '<p class="dim">No messages yet.</p>' : `<div class="phone stack">${bubbles}</div>`}`;
}

export function telegramContent(messages: readonly TelegramRecord[]): string {
  const bubbles = messages
    .slice(0, ROWS)
    .map(
      (one) =>
        `<div><span class="dim">chat ${escapeHtml(one.chat_id)} · ${time(one.at)}</span><div class="bubble">${linked(one.text)}</div></div>`,
    )
    .join('');
  return `<h2>Chats</h2>${bubbles === '' ? '<p class="dim">No messages yet.</p>' : `<div class="phone stack">${bubbles}</div>`}`;
}

export function smtpContent(mails: readonly KeptMail[]): string {
  const rows = mails
    .slice(0, ROWS)
    .map(
      (one) =>
        `<tr><td class="n">${time(one.at)}</td><td>${escapeHtml(one.to.join(', '))}</td><td><a href="/_sandbox/smtp/mails/${one.id}">${escapeHtml(one.subject || '(no subject)')}</a></td><td>${one.calendar ? `<span class="pill">${escapeHtml(one.calendar.method ?? 'calendar')}</span>` : ''}</td></tr>`,
    )
    .join('');
  return `<h2>Mails</h2>${rows === '' ? '<p class="dim">No mails yet.</p>' : `<div class="card scroll"><table><tr><th>At</th><th>To</th><th>Subject</th><th>Action</th></tr>${rows}</table></div>`}`;
}

export function mailPage(mail: KeptMail): string {
  const files = mail.attachments
    .map(
      (file) =>
        `<li>${escapeHtml(file.filename)} <span class="dim">${escapeHtml(file.content_type)}, ${file.bytes} bytes</span></li>`,
    )
    .join('');
  // The mail's own HTML runs in a frame without scripts, forms or foreign requests.
  const preview =
    mail.html === null
      ? ''
      : `<h2>HTML</h2><iframe sandbox="" title="HTML of the mail" style="width:100%;height:24rem;border:1px solid var(--line);border-radius:10px;background:#fff" srcdoc="${escapeHtml(`<meta http-equiv="Content-Security-Policy" content="default-src 'none';style-src 'unsafe-inline';img-src data:">${mail.html}`)}"></iframe>`;
  return frame(
    mail.subject,
    `<h1>${escapeHtml(mail.subject || '(no subject)')}</h1><p class="dim">${escapeHtml(mail.headers['from'] ?? mail.from)} to ${escapeHtml(mail.to.join(', '))}, ${time(mail.at)}</p>` +
      `<div class="card"><pre>${linked(mail.text ?? '')}</pre></div>${preview}${mail.calendar ? `<h2>Calendar part (${escapeHtml(mail.calendar.method ?? 'no method')})</h2><div class="card"><pre>${escapeHtml(mail.calendar.ics)}</pre></div>` : ''}` +
      `${files === '' ? '' : `<h2>Attachments</h2><ul>${files}</ul>`}<h2>As received</h2><details class="card"><summary>Raw message</summary><pre>${escapeHtml(mail.raw.slice(0, 100_000))}</pre></details>`,
  );
}

/** Text with its web addresses clickable. */
const linked = (text: string): string =>
  text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1 ? `<a href="${escapeHtml(part)}" rel="noreferrer">${escapeHtml(part)}</a>` : escapeHtml(part),
    )
    .join('');

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

export const notFoundPage = (): string =>
  frame('Not found', '<h1>Nothing here</h1><p><a href="/_sandbox/">Overview</a></p>');
