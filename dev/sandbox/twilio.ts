/**
 * Stand-in for Twilio messages: send, list, status callbacks (queued → sent → delivered), inbound replies. Called by sandbox.ts.
 * Control: `POST /_sandbox/twilio/{opt-out|outcome|inbound}`, `GET /_sandbox/twilio/messages`, `…/summary` (total, and what anybody got twice).
 */
import { type FormPairs, signTwilio } from '../../workers/integrations/signatures.ts';
import { type Answer, type Exchange, json, looseBody } from './exchange.ts';
import { randomHex, repeated, type SandboxParts, type Service, Shelf } from './settings.ts';
import { pause } from './webhooks-out.ts';

const MAX_BODY = 1_600;
const MAX_PAGE = 1_000;
/** Small records: a load test must be able to count all of its messages. */
const MAX_MESSAGES = 100_000;
/** Between queued, sent and delivered. Real phones take seconds; a demo should not. */
const STATUS_STEP_MS = 40;
/** Twilio's own magic test numbers, and what sending to them answers. */
const MAGIC: Readonly<Record<string, number>> = { '+15005550001': 21211, '+15005550004': 21610, '+15005550009': 21614 };
const MESSAGES: Readonly<Record<number, string>> = {
  20003: 'Authenticate',
  20404: 'The requested resource was not found',
  21211: "The 'To' number is not a valid phone number.",
  21602: 'Message body is required.',
  21603: "A 'From' phone number is required.",
  21604: "A 'To' phone number is required.",
  21610: 'Attempt to send to unsubscribed recipient',
  21614: "'To' number is not a valid mobile number",
  21617: 'The concatenated message body exceeds the 1600 character limit',
};
const STOP_WORDS = new Set(['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL']);
/** GSM 03.38 basic set and extension; everything else forces UCS-2 with 70 characters a segment. */
const GSM = /^[@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&'()*+,\-./0-9:;<=>?¡A-ZÄÖÑÜ§¿a-zäöñüà^{}\\[~\]|€]*$/;

export interface TwilioRecord {
  sid: string;
  to: string;
  from: string | null;
  messagingServiceSid: string | null;
  body: string;
  status: string;
  errorCode: number | null;
  segments: number;
  callback: string | null;
  createdAt: number;
  updatedAt: number;
  sentAt: number | null;
  direction: 'outbound-api' | 'inbound';
}

export function twilioService(parts: SandboxParts): Service & { view: () => TwilioRecord[]; close: () => void } {
  const { webhooks } = parts.vendors.twilio;
  const messages = new Shelf<TwilioRecord>(MAX_MESSAGES);
  const optedOut = new Set<string>();
  /** How messages to a number end, where a test said so. */
  const outcomes = new Map<string, { status: string; errorCode: number | null }>();
  const stop = new AbortController();

  const refuse = (status: number, code: number): Answer =>
    json(status, {
      code,
      message: MESSAGES[code] ?? 'Error',
      more_info: `https://www.twilio.com/docs/errors/${code}`,
      status,
    });

  /** Where a callback really goes: our host, when the configured public URL is not this machine. It is signed over the public URL. */
  function target(url: string): string {
    const parsed = new URL(url);
    return /^(localhost|127\.|\[::1\])/.test(parsed.hostname)
      ? url
      : parts.askproBaseUrl + parsed.pathname + parsed.search;
  }

  function callBack(url: string, event: string, params: FormPairs, cause: string): Promise<unknown> {
    const body = new URLSearchParams(params.map(([name, value]) => [name, value])).toString();
    const token = crypto.randomUUID();
    return webhooks.send({
      event,
      url: target(url),
      body,
      cause,
      headers: async () => ({
        'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
        'user-agent': 'TwilioProxy/1.1',
        'i-twilio-idempotency-token': token,
        'x-twilio-signature': await signTwilio(url, params, parts.secrets.twilioAuthToken),
      }),
    });
  }

  function report(message: TwilioRecord, cause: string): void {
    if (message.callback === null) return;
    const params: [string, string][] = [
      ['AccountSid', parts.secrets.twilioAccountSid],
      ...(message.from === null ? [] : ([['From', message.from]] as [string, string][])),
      ['To', message.to],
      ['MessageSid', message.sid],
      ['MessageStatus', message.status],
      ...(message.errorCode === null ? [] : ([['ErrorCode', String(message.errorCode)]] as [string, string][])),
      ['SmsSid', message.sid],
      ['SmsStatus', message.status],
      ...(message.status === 'delivered'
        ? ([['RawDlrDoneDate', dlrDate(message.updatedAt)]] as [string, string][])
        : []),
      ['ApiVersion', '2010-04-01'],
    ];
    void callBack(message.callback, `message.${message.status}`, params, cause);
  }

  async function travel(message: TwilioRecord, cause: string): Promise<void> {
    const end = outcomes.get(message.to) ?? { status: 'delivered', errorCode: null };
    const stages = end.status === 'failed' ? ['failed'] : ['sent', end.status];
    for (const stage of stages) {
      await pause(STATUS_STEP_MS, stop.signal);
      if (stop.signal.aborted || messages.get(message.sid) !== message) return;
      message.status = stage;
      message.updatedAt = parts.now();
      if (stage === 'sent') message.sentAt = message.updatedAt;
      if (stage === end.status) message.errorCode = end.errorCode;
      report(message, cause);
    }
  }

  function send(exchange: Exchange): Answer {
    const form = new URLSearchParams(exchange.rawBody);
    const to = form.get('To') ?? '';
    const from = form.get('From');
    const service = form.get('MessagingServiceSid');
    const body = form.get('Body') ?? '';
    if (to === '') return refuse(400, 21604);
    if (from === null && service === null) return refuse(400, 21603);
    if (body === '' && form.get('ContentSid') === null) return refuse(400, 21602);
    if ([...body].length > MAX_BODY) return refuse(400, 21617);
    const number = to.replace(/^whatsapp:/, '');
    const magic = MAGIC[number];
    if (magic !== undefined) return refuse(400, magic);
    if (!/^\+[1-9]\d{6,14}$/.test(number)) return refuse(400, 21211);
    if (optedOut.has(number)) return refuse(400, 21610);
    const now = parts.now();
    const message: TwilioRecord = {
      sid: `SM${randomHex(32)}`,
      to,
      from,
      messagingServiceSid: service,
      body,
      status: service === null ? 'queued' : 'accepted',
      errorCode: null,
      segments: segmentsOf(body),
      callback: form.get('StatusCallback'),
      createdAt: now,
      updatedAt: now,
      sentAt: null,
      direction: 'outbound-api',
    };
    messages.put(message.sid, message);
    const answer = json(201, shapeOf(message, parts.secrets.twilioAccountSid));
    report(message, exchange.path);
    travel(message, exchange.path).catch(() => undefined);
    return answer;
  }

  function list(exchange: Exchange): Answer {
    const { query } = exchange;
    const day = (name: string): { from: number; to: number } | null => {
      const value = query.get(name);
      if (value === null) return null;
      const from = Date.parse(value);
      return Number.isNaN(from) ? null : { from, to: from + (value.includes('T') ? 1_000 : 86_400_000) };
    };
    const on = day('DateSent');
    const after = day('DateSent>');
    const before = day('DateSent<');
    const size = Math.min(Math.max(1, Number(query.get('PageSize') ?? 50) || 50), MAX_PAGE);
    const page = Math.max(0, Number(query.get('Page') ?? 0) || 0);
    const dated = on !== null || after !== null || before !== null;
    const all = messages.all().filter((one) => {
      if ((query.get('To') ?? one.to) !== one.to || (query.get('From') ?? one.from) !== one.from) return false;
      // What has not been sent has no date to filter by.
      if (dated && one.sentAt === null) return false;
      const at = one.sentAt ?? 0;
      return (
        (on === null || (at >= on.from && at < on.to)) &&
        (after === null || at >= after.from) &&
        (before === null || at <= before.to)
      );
    });
    const rows = all.slice(page * size, page * size + size);
    const base = exchange.path;
    const uri = (number: number): string => {
      const next = new URLSearchParams(query);
      next.set('Page', String(number));
      next.set('PageSize', String(size));
      return `${base}?${next}`;
    };
    return json(200, {
      messages: rows.map((one) => shapeOf(one, parts.secrets.twilioAccountSid)),
      page,
      page_size: size,
      start: page * size,
      end: page * size + Math.max(0, rows.length - 1),
      uri: uri(page),
      first_page_uri: uri(0),
      previous_page_uri: page > 0 ? uri(page - 1) : null,
      next_page_uri: (page + 1) * size < all.length ? uri(page + 1) : null,
    });
  }

  async function handle(exchange: Exchange): Promise<Answer> {
    const account = /^\/2010-04-01\/Accounts\/([^/]+)\.json$/.exec(exchange.path);
    const match =
      account ?? /^\/2010-04-01\/Accounts\/([^/]+)\/Messages(?:\/(SM[0-9a-f]{32}))?\.json$/.exec(exchange.path);
    if (!match) return refuse(404, 20404);
    const expected = Buffer.from(`${parts.secrets.twilioAccountSid}:${parts.secrets.twilioAuthToken}`).toString(
      'base64',
    );
    if (match[1] !== parts.secrets.twilioAccountSid || exchange.headers['authorization'] !== `Basic ${expected}`)
      return refuse(401, 20003);
    if (account !== null) return json(200, { sid: account[1], friendly_name: 'Salon', status: 'active' });
    if (match[2] !== undefined) {
      const one = messages.get(match[2]);
      return one ? json(200, shapeOf(one, parts.secrets.twilioAccountSid)) : refuse(404, 20404);
    }
    return exchange.method === 'POST' ? send(exchange) : list(exchange);
  }

  async function control(exchange: Exchange): Promise<Answer | null> {
    if (exchange.method === 'GET') {
      if (exchange.path === '/messages') return json(200, { messages: messages.all() });
      if (exchange.path !== '/summary') return null;
      const sent = messages.all().filter((one) => one.direction === 'outbound-api');
      return json(200, { total: sent.length, repeated: repeated(sent, (one) => `${one.to} ${one.body}`) });
    }
    const body = looseBody(exchange);
    if (!body) return json(400, { error: 'body must be JSON' });
    const number = String(body['to'] ?? body['number'] ?? '');
    switch (exchange.path) {
      case '/opt-out':
        optedOut.add(number);
        return json(200, { opted_out: [...optedOut] });
      case '/outcome':
        outcomes.set(number, {
          status: String(body['status'] ?? 'undelivered'),
          errorCode: body['error_code'] == null ? null : Number(body['error_code']),
        });
        return json(200, { to: number, outcome: outcomes.get(number) });
      case '/inbound': {
        const sid = `SM${randomHex(32)}`;
        const text = String(body['body'] ?? '');
        const from = String(body['from'] ?? '');
        const stopped = STOP_WORDS.has(text.trim().toUpperCase());
        if (stopped) optedOut.add(from);
        const now = parts.now();
        messages.put(sid, {
          sid,
          to: number,
          from,
          messagingServiceSid: null,
          body: text,
          status: 'received',
          errorCode: null,
          segments: segmentsOf(text),
          callback: null,
          createdAt: now,
          updatedAt: now,
          sentAt: now,
          direction: 'inbound',
        });
        const params: [string, string][] = [
          ['ToCountry', 'DE'],
          ['SmsMessageSid', sid],
          ['NumMedia', '0'],
          ['SmsSid', sid],
          ['SmsStatus', 'received'],
          ['Body', text],
          ['FromCountry', 'DE'],
          ['To', number],
          ['NumSegments', String(segmentsOf(text))],
          ['MessageSid', sid],
          ['AccountSid', parts.secrets.twilioAccountSid],
          ['From', from],
          ['ApiVersion', '2010-04-01'],
          ...(stopped ? ([['OptOutType', 'STOP']] as [string, string][]) : []),
        ];
        return json(200, {
          sid,
          attempt: await callBack(
            `${parts.askproBaseUrl}/webhooks/twilio/inbound`,
            'message.received',
            params,
            '/_sandbox/twilio/inbound',
          ),
        });
      }
      default:
        return null;
    }
  }

  return {
    handle,
    control,
    reset: () => {
      messages.clear();
      optedOut.clear();
      outcomes.clear();
    },
    view: () => messages.all(),
    close: () => stop.abort(),
  };
}

function shapeOf(message: TwilioRecord, account: string): object {
  const uri = `/2010-04-01/Accounts/${account}/Messages/${message.sid}`;
  return {
    account_sid: account,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: null,
    from: message.from,
    messaging_service_sid: message.messagingServiceSid,
    num_media: '0',
    num_segments: String(message.segments),
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${uri}/Media.json` },
    to: message.to,
    uri: `${uri}.json`,
  };
}

/** `Wed, 28 Oct 2026 10:00:00 +0000` */
const rfc2822 = (at: number): string => new Date(at).toUTCString().replace('GMT', '+0000');
/** `YYMMDDhhmm` */
const dlrDate = (at: number): string => new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 12);

export function segmentsOf(text: string): number {
  if (GSM.test(text)) {
    const length = text.length + (text.match(/[\^{}\\[~\]|€]/g)?.length ?? 0);
    return length <= 160 ? 1 : Math.ceil(length / 153);
  }
  return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
