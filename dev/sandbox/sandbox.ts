/**
 * The sandbox: local stand-ins for every third party on one HTTP port and one SMTP port, with state, signed webhooks and faults.
 * Started by dev/start.ts beside the Worker, by main.ts alone, and by tests. Never bundled into the Worker.
 *
 * Base URLs: `http://127.0.0.1:8788/{stripe|calcom|retell|twilio|telegram|push|cloudflare|vies|dns}`. Control: `/_sandbox/…`, see `control` below.
 * Faults act on API calls: `status` answers without acting, `drop` hangs up without acting, `timeout` acts and never answers, `slow` acts
 * and answers late, `duplicate` waits for the next webhook and sends it twice (its `path` may name the causing call or the event).
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { calcomService, type CalcomOptions } from './calcom.ts';
import { type Answer, type Exchange, html, json, looseBody, MAX_BODY_BYTES, readBody, redirect } from './exchange.ts';
import { Faults } from './faults.ts';
import { Journal } from './journal.ts';
import {
  calcomContent,
  mailPage,
  notFoundPage,
  overviewPage,
  playedCallPage,
  retellContent,
  servicePage,
  smtpContent,
  stripeContent,
  telegramContent,
  twilioContent,
} from './pages.ts';
import { retellService } from './retell.ts';
import {
  DEMO_SECRETS,
  type VendorParts,
  SERVICES,
  type SandboxParts,
  type SandboxSecrets,
  type Service,
  type ServiceName,
} from './settings.ts';
import { type SmtpOptions, startSmtp } from './smtp.ts';
import { stripeService, type StripeOptions } from './stripe.ts';
import { telegramService } from './telegram.ts';
import { twilioService } from './twilio.ts';
import { dnsService, pwnedService, viesService } from './registers.ts';
import { pause, RETRY, WebhooksOut } from './webhooks-out.ts';

interface SandboxSettings {
  /** 0 = any free port. */
  readonly port: number;
  /** 0 = any free port; default: the HTTP port + 1. */
  readonly smtpPort?: number;
  /** Where webhooks go: AskProAI, without trailing slash. */
  readonly askproBaseUrl: string;
  readonly secrets?: Partial<SandboxSecrets>;
  readonly stripe?: StripeOptions;
  readonly calcom?: CalcomOptions;
  readonly smtp?: SmtpOptions;
  /** Shorter webhook retries for tests: every delay is multiplied by this. */
  readonly retryScale?: number;
}

export interface Sandbox {
  readonly port: number;
  readonly smtpPort: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** A silent call is cut after this, so that a forgotten one does not hold a socket for ever. */
const SILENCE_MS = 120_000;
const DEFAULT_REQUESTS_SHOWN = 5_000;

export async function startSandbox(settings: SandboxSettings): Promise<Sandbox> {
  let offsetMs = 0;
  const now = (): number => Date.now() + offsetMs;
  const scale = settings.retryScale ?? 1;
  const vendorParts = (name: ServiceName): VendorParts => {
    // The default refusal of a relay is a temporary one; 503 would be final in SMTP.
    const faults = new Faults(name === 'smtp' ? 451 : 503);
    const policy =
      name === 'stripe' || name === 'calcom' || name === 'retell' || name === 'twilio' ? RETRY[name] : RETRY.twilio;
    return {
      journal: new Journal(),
      faults,
      webhooks: new WebhooksOut({ ...policy, firstDelayMs: policy.firstDelayMs * scale }, faults, now),
    };
  };
  const vendors = Object.fromEntries(SERVICES.map((name) => [name, vendorParts(name)])) as Record<
    ServiceName,
    VendorParts
  >;
  const parts: SandboxParts = {
    secrets: { ...DEMO_SECRETS, ...settings.secrets },
    askproBaseUrl: settings.askproBaseUrl.replace(/\/+$/, ''),
    now,
    vendors,
  };

  const stripe = stripeService(parts, settings.stripe);
  const calcom = calcomService(parts, settings.calcom);
  const retell = retellService(parts, playedCallPage);
  const twilio = twilioService(parts);
  const telegram = telegramService(parts);
  const none = async (): Promise<null> => null;
  const services: Record<ServiceName, Service> = {
    stripe,
    calcom,
    retell,
    twilio,
    telegram,
    smtp: {
      handle: async () => json(404, { error: 'SMTP is spoken on its own port' }),
      control: none,
      reset: () => undefined,
    },
    // A push service takes the message; whether the device shows it is not reported.
    push: {
      handle: async (exchange) =>
        exchange.method === 'POST' ? { status: 201, body: '' } : json(404, { error: 'not found' }),
      control: none,
      reset: () => undefined,
    },
    vies: viesService(),
    dns: dnsService(),
    pwned: pwnedService(),
    cloudflare: {
      handle: async (exchange) =>
        json(404, {
          success: false,
          errors: [{ code: 7003, message: `Could not route to ${exchange.path}` }],
          messages: [],
          result: null,
        }),
      control: none,
      reset: () => undefined,
    },
  };

  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      console.error('sandbox:', error);
      if (!response.headersSent) send(response, json(500, { error: 'the sandbox itself failed; see its output' }));
      else response.destroy();
    });
  });
  // Keep-alive longer than any client's, so that a reused socket is never closed under a request.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(settings.port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address();
  const port = typeof bound === 'object' && bound !== null ? bound.port : settings.port;
  const smtp = await startSmtp(
    parts,
    settings.smtpPort ?? (settings.port === 0 ? 0 : settings.port + 1),
    settings.smtp,
  ).catch(async (error: unknown) => {
    server.close();
    throw error;
  });

  // ------------------------------------------------------------ HTTP

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? `127.0.0.1:${port}`}`);
    const rawBody = await readBody(request);
    if (rawBody === null) {
      response.setHeader('connection', 'close');
      return send(response, json(413, { error: `bodies are limited to ${MAX_BODY_BYTES} bytes` }));
    }
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(request.headers))
      if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(', ') : value;
    const exchange = (path: string): Exchange => ({
      method: request.method ?? 'GET',
      path,
      query: url.searchParams,
      origin: url.origin,
      headers,
      rawBody,
    });

    if (url.pathname === '/_sandbox' || url.pathname.startsWith('/_sandbox/'))
      return send(response, await control(exchange(url.pathname.slice('/_sandbox'.length) || '/')));
    const [, first = ''] = url.pathname.split('/');
    // Stripe's own SDK knows host and port but no path: /v1/… at the root is Stripe too.
    const name = first === 'v1' ? 'stripe' : SERVICES.find((one) => one === first);
    if (name === undefined)
      return send(response, url.pathname === '/' ? redirect('/_sandbox/') : html(notFoundPage(), 404));
    await vendorCall(
      name,
      exchange(first === 'v1' ? url.pathname : url.pathname.slice(first.length + 1) || '/'),
      response,
    );
  }

  async function vendorCall(name: ServiceName, exchange: Exchange, response: ServerResponse): Promise<void> {
    const { journal, faults } = vendors[name];
    const started = performance.now();
    const entry = journal.add({
      at: now(),
      method: exchange.method,
      path: safePath(name, exchange.path),
      query: exchange.query,
      headers: exchange.headers,
      rawBody: exchange.rawBody,
    });
    // The hosted payment page is for a person: only a fault that names it may break it.
    const isPage = name === 'stripe' && exchange.path.startsWith('/checkout/');
    const fault =
      isPage && !faults.list().some((one) => one.remaining > 0 && one.path?.startsWith('/checkout/'))
        ? null
        : faults.take(exchange.path);
    entry.fault = fault?.mode ?? null;
    if (fault?.mode === 'drop') {
      entry.answered = 'dropped';
      response.socket?.destroy();
      return;
    }
    if (fault?.mode === 'status') {
      entry.answered = fault.status;
      return send(response, faultAnswer(name, fault.status, exchange.path));
    }
    const answer = await services[name].handle(exchange);
    if (fault?.mode === 'timeout') {
      entry.answered = 'never';
      const timer = setTimeout(() => response.socket?.destroy(), SILENCE_MS);
      timer.unref();
      response.once('close', () => clearTimeout(timer));
      return;
    }
    if (fault?.mode === 'slow') await pause(fault.delay_ms);
    entry.answered = answer.status;
    entry.ms = Math.round(performance.now() - started);
    send(response, answer);
  }

  // ------------------------------------------------------------ control

  async function control(exchange: Exchange): Promise<Answer> {
    const { method, path } = exchange;
    const wantsPage = (exchange.headers['accept'] ?? '').includes('text/html');
    if (path === '/')
      return html(overviewPage({ askpro: parts.askproBaseUrl, smtpPort: smtp.port, now: now(), counts: counts() }));
    if (path === '/status')
      return json(200, {
        now: new Date(now()).toISOString(),
        askpro: parts.askproBaseUrl,
        smtp_port: smtp.port,
        pending_webhooks: pendingWebhooks(),
        services: counts(),
      });
    if (path === '/reset' && method === 'POST') {
      reset();
      return wantsPage ? redirect('/_sandbox/') : json(200, { ok: true });
    }
    if (path === '/clock' && method === 'POST') return clock(exchange);

    const [, first = '', second, third] = path.split('/');
    const name = SERVICES.find((one) => one === first);
    if (name === undefined) return wantsPage ? html(notFoundPage(), 404) : json(404, { error: 'unknown service' });
    const { journal, faults, webhooks } = vendors[name];
    if (second === undefined || second === '')
      return html(
        servicePage({
          name,
          requests: journal.list(),
          deliveries: webhooks.list(),
          faults: faults.list(),
          content: content(name),
        }),
      );
    if (second === 'requests' && method === 'GET') {
      const after = Number(exchange.query.get('after') ?? 0) || 0;
      const limit = Number(exchange.query.get('limit') ?? DEFAULT_REQUESTS_SHOWN) || DEFAULT_REQUESTS_SHOWN;
      return json(200, {
        service: name,
        requests: journal
          .list()
          .filter((one) => one.id > after)
          .slice(-limit),
      });
    }
    if (second === 'webhooks' && method === 'GET')
      return json(200, { service: name, pending: webhooks.pending(), webhooks: webhooks.list() });
    if (second === 'faults') {
      if (method === 'GET') return json(200, { service: name, faults: faults.list() });
      if (method === 'DELETE' || third === 'clear') {
        faults.clear();
        return wantsPage ? redirect(`/_sandbox/${name}`) : json(200, { service: name, faults: [] });
      }
      const body = looseBody(exchange);
      const fault = body === null ? 'body must be JSON' : faults.arm(body);
      if (typeof fault === 'string') return json(400, { error: fault });
      return wantsPage ? redirect(`/_sandbox/${name}`) : json(201, { service: name, fault });
    }
    if (name === 'smtp' && second === 'mails') {
      if (third === undefined) return json(200, { mails: smtp.mails() });
      if (third === 'summary') return json(200, smtp.summary());
      const mail = smtp.mail(Number(third));
      return mail ? (wantsPage ? html(mailPage(mail)) : json(200, mail)) : json(404, { error: 'unknown mail' });
    }
    if (name === 'retell' && second === 'played' && third !== undefined) {
      const one = retell.view().played.find((played) => played.call_id === third);
      return one ? html(playedCallPage(one)) : html(notFoundPage(), 404);
    }
    const answer = await services[name].control({ ...exchange, path: path.slice(first.length + 1) });
    if (answer === null) return json(404, { error: `unknown control call ${method} ${path}` });
    const fromPage = wantsPage && method === 'POST' && answer.status < 300 && typeof answer.body === 'object';
    return fromPage ? redirect(`/_sandbox/${name}`) : answer;
  }

  /** `{now}`, `{advance_seconds}`, `{offset_ms}` or `{reset: true}`: keeps signatures valid when the product's clock was moved. */
  function clock(exchange: Exchange): Answer {
    const body = looseBody(exchange) ?? {};
    if (body['reset']) offsetMs = 0;
    else if (typeof body['now'] === 'string' && !Number.isNaN(Date.parse(body['now'])))
      offsetMs = Date.parse(body['now']) - Date.now();
    else if (Number.isFinite(Number(body['offset_ms'] ?? Number.NaN))) offsetMs = Math.trunc(Number(body['offset_ms']));
    else if (Number.isFinite(Number(body['advance_seconds'] ?? Number.NaN)))
      offsetMs += Math.trunc(Number(body['advance_seconds']) * 1000);
    else return json(400, { error: 'one of now, advance_seconds, offset_ms, reset is needed' });
    return json(200, { now: new Date(now()).toISOString(), offset_ms: offsetMs });
  }

  function content(name: ServiceName): string {
    switch (name) {
      case 'stripe':
        return stripeContent(stripe.view());
      case 'calcom':
        return calcomContent(calcom.view().bookings);
      case 'retell':
        return retellContent(retell.view());
      case 'twilio':
        return twilioContent(twilio.view());
      case 'telegram':
        return telegramContent(telegram.view());
      case 'smtp':
        return smtpContent(smtp.mails());
      case 'push':
      case 'cloudflare':
      case 'vies':
      case 'dns':
      case 'pwned':
        return '';
    }
  }

  const counts = (): Record<ServiceName, { requests: number; pending: number; faults: number }> =>
    Object.fromEntries(
      SERVICES.map((name) => [
        name,
        {
          requests: vendors[name].journal.total(),
          pending: vendors[name].webhooks.pending(),
          faults: vendors[name].faults.list().filter((one) => one.remaining > 0).length,
        },
      ]),
    ) as Record<ServiceName, { requests: number; pending: number; faults: number }>;
  const pendingWebhooks = (): number => SERVICES.reduce((sum, name) => sum + vendors[name].webhooks.pending(), 0);

  function reset(): void {
    for (const name of SERVICES) {
      services[name].reset();
      vendors[name].journal.clear();
      vendors[name].faults.clear();
      vendors[name].webhooks.clear();
    }
    smtp.reset();
  }

  return {
    port,
    smtpPort: smtp.port,
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      for (const name of SERVICES) vendors[name].webhooks.close();
      twilio.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await Promise.all([closed, smtp.close()]);
    },
  };
}

function send(response: ServerResponse, answer: Answer): void {
  if (response.destroyed || response.writableEnded) return;
  const isText = typeof answer.body === 'string';
  response.writeHead(answer.status, {
    ...(isText || answer.bytes !== undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
    ...(answer.bytes === undefined ? {} : { 'content-length': String(answer.bytes.length) }),
    'cache-control': 'no-store',
    ...answer.headers,
  });
  response.end(answer.bytes ?? (isText ? answer.body : JSON.stringify(answer.body ?? {})));
}

/** A failing vendor speaks its own error language. */
function faultAnswer(name: ServiceName, status: number, path: string): Answer {
  const message = `Sandbox fault: ${status}`;
  const wait: Record<string, string> = status === 429 || status === 503 ? { 'retry-after': '1' } : {};
  switch (name) {
    case 'stripe':
      return json(
        status,
        {
          error: {
            message,
            type: status === 429 ? 'rate_limit_error' : 'api_error',
            ...(status === 429 ? { code: 'rate_limit' } : {}),
          },
        },
        wait,
      );
    case 'calcom':
      return json(
        status,
        {
          status: 'error',
          timestamp: new Date().toISOString(),
          path,
          error: {
            code: status === 429 ? 'ThrottlerException' : 'InternalServerErrorException',
            message,
            details: message,
          },
        },
        status === 429
          ? {
              ...wait,
              'x-ratelimit-limit-default': '120',
              'x-ratelimit-remaining-default': '0',
              'x-ratelimit-reset-default': '60',
            }
          : wait,
      );
    case 'twilio':
      return json(
        status,
        {
          code: status === 429 ? 20429 : 20500,
          message,
          more_info: `https://www.twilio.com/docs/errors/${status === 429 ? 20429 : 20500}`,
          status,
        },
        wait,
      );
    case 'telegram':
      return json(status, {
        ok: false,
        error_code: status,
        description: message,
        ...(status === 429 ? { parameters: { retry_after: 1 } } : {}),
      });
    case 'cloudflare':
      return json(status, { success: false, errors: [{ code: 1000, message }], messages: [], result: null }, wait);
    case 'retell':
    case 'vies':
    case 'dns':
    case 'pwned':
    case 'push':
    case 'smtp':
      return json(status, { status: 'error', message }, wait);
  }
}

/** Telegram carries its token in the path; it is not kept. */
const safePath = (name: ServiceName, path: string): string =>
  name === 'telegram' ? path.replace(/^\/bot[^/]+/, '/bot[redacted]') : path;
