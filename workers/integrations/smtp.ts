/**
 * Sends one mail through an SMTP relay over sockets and reports how far it came. Called by the e-mail channel of notifications/.
 * Own client instead of worker-mailer: that one cannot say whether DATA was handed over, never returns when the server hangs up,
 * and lets a subject with a line break add headers.
 */
import { toBase64 } from '../../shared/base64.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { buildMime, isMailAddress, type MailMessage } from './mail-message.ts';
import { DEFAULT_VENDOR_TIMEOUT_MS, shorten, type VendorFault } from './vendor-call.ts';

/** Relays scan a mail before they answer 250; giving up early would park mails that were delivered. */
const DEFAULT_DATA_TIMEOUT_MS = 30_000;
/** Longest reply we read; EHLO of the largest relays has under 2 kB. */
const MAX_REPLY_BYTES = 16_384;
const MAX_REPLY_LINES = 100;
const MAX_HOST_CHARS = 253;

export interface SmtpConfig {
  readonly host: string;
  readonly port: number;
  /** `implicit` = TLS from the first byte (465); `starttls` = required upgrade (587); `none` = plain, loopback only. */
  readonly security: 'implicit' | 'starttls' | 'none';
  readonly username?: string;
  readonly password?: string;
  /** What we call ourselves in EHLO; default: the host of the message's id. */
  readonly clientName?: string;
  /** Patience for the connection and for each reply. */
  readonly timeoutMs?: number;
  /** Patience for the reply after the message; default 30 s, or `timeoutMs` where that is shorter than usual (tests). */
  readonly dataTimeoutMs?: number;
  /** Injectable; default is `connect` of cloudflare:sockets, loaded on first use. */
  readonly connect?: SmtpConnect;
}

/** The part of a Workers TCP socket we use. */
export interface SmtpSocket {
  readonly readable: ReadableStream;
  readonly writable: WritableStream;
  readonly opened: Promise<unknown>;
  readonly closed?: Promise<unknown>;
  close(): Promise<void>;
  startTls(): SmtpSocket;
}
export type SmtpConnect = (
  address: { hostname: string; port: number },
  secureTransport: 'on' | 'off' | 'starttls',
) => SmtpSocket | Promise<SmtpSocket>;

/** `after_data`: the message was handed over and only the verdict is missing, so the mail may be on its way. */
type SmtpPhase = 'before_data' | 'after_data';
type SmtpFault = VendorFault & { readonly phase: SmtpPhase };

interface SmtpReceipt {
  /** The relay's last words, such as `250 2.0.0 Ok: queued as 4F2…`. */
  readonly response: string;
  readonly messageId: string;
}

/**
 * Reads `smtp[s]://user:password@host[:port]`. `smtps` = TLS at once (465); `smtp` = STARTTLS required (587), plain for loopback hosts.
 * @returns null when the text is no such URL
 */
export function parseSmtpUrl(url: string): SmtpConfig | null {
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    return null;
  }
  if (parsed.protocol !== 'smtp:' && parsed.protocol !== 'smtps:') return null;
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  if (host === '' || host.length > MAX_HOST_CHARS) return null;
  const security = parsed.protocol === 'smtps:' ? 'implicit' : isLoopback(host) ? 'none' : 'starttls';
  const port = parsed.port === '' ? (security === 'implicit' ? 465 : 587) : Number(parsed.port);
  return {
    host,
    port,
    security,
    ...(parsed.username === ''
      ? {}
      : { username: decodeURIComponent(parsed.username), password: decodeURIComponent(parsed.password) }),
  };
}

const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host);

/**
 * Hands one mail to the relay.
 * Faults: before_data — nothing was sent, a retry is safe when `retryable` (4xx, time-out, hang-up); a 5xx reply is final.
 * after_data with `ambiguous` — the relay may have taken it: never send again blindly, park it as unknown for a person.
 */
export async function sendMail(config: SmtpConfig, message: MailMessage): Promise<Result<SmtpReceipt, SmtpFault>> {
  const mime = buildMime(message, boundaryText());
  if (!mime.ok) {
    return err({
      kind: 'status',
      retryable: false,
      ambiguous: false,
      phase: 'before_data',
      body: `${mime.error.field}: ${mime.error.reason}`,
    });
  }
  const timeoutMs = config.timeoutMs ?? DEFAULT_VENDOR_TIMEOUT_MS;
  const dataTimeoutMs =
    config.dataTimeoutMs ??
    (timeoutMs < DEFAULT_VENDOR_TIMEOUT_MS ? timeoutMs : Math.max(timeoutMs, DEFAULT_DATA_TIMEOUT_MS));
  let phase: SmtpPhase = 'before_data';
  const held: { line: SmtpLine | null } = { line: null };
  try {
    // Relays write this name into the message: the sender's host, never one of ours.
    const name = config.clientName ?? (/@([A-Za-z0-9.-]+)$/.exec(message.messageId)?.[1] || 'localhost');
    const line = await signInAt(config, name, timeoutMs, held);
    // `buildMime` has checked both addresses; the assertion guards this second use.
    if (!isMailAddress(message.from.email) || !isMailAddress(message.to.email))
      throw new Error('assertion failed: unchecked mail address');
    await command(line, `MAIL FROM:<${message.from.email}>`, timeoutMs, 2);
    await command(line, `RCPT TO:<${message.to.email}>`, timeoutMs, 2);
    await command(line, 'DATA', timeoutMs, 3);
    // From the first byte on the relay may hold the whole message, whatever we see of it.
    phase = 'after_data';
    await within(line.write(`${dotStuff(mime.value)}.\r\n`), dataTimeoutMs);
    const reply = await readReply(line, dataTimeoutMs);
    if (reply.code < 200 || reply.code >= 300) throw SmtpFailure.ofReply(reply);
    await line.write('QUIT\r\n').catch(() => undefined);
    return ok({ response: shorten(reply.text), messageId: message.messageId });
  } catch (error) {
    return err({ ...faultOf(error, phase), phase });
  } finally {
    held.line?.close();
  }
}

/** Whether a relay takes our name and password: greets, signs in and leaves; nothing is sent. Answers its greeting. */
export async function checkRelay(config: SmtpConfig): Promise<Result<string, SmtpFault>> {
  const timeoutMs = config.timeoutMs ?? DEFAULT_VENDOR_TIMEOUT_MS;
  const held: { line: SmtpLine | null; greeting?: string } = { line: null };
  try {
    const line = await signInAt(config, config.clientName ?? 'localhost', timeoutMs, held);
    await line.write('QUIT\r\n').catch(() => undefined);
    return ok(shorten(held.greeting ?? ''));
  } catch (error) {
    return err({ ...faultOf(error, 'before_data'), phase: 'before_data' });
  } finally {
    held.line?.close();
  }
}

/** The line to a relay that has taken our name and password. @param held has whichever line is open, to be closed by the caller */
async function signInAt(
  config: SmtpConfig,
  name: string,
  timeoutMs: number,
  held: { line: SmtpLine | null; greeting?: string },
): Promise<SmtpLine> {
  const connect = config.connect ?? (await workersConnect());
  const transport = config.security === 'implicit' ? 'on' : config.security === 'starttls' ? 'starttls' : 'off';
  const socket = await within(
    Promise.resolve(connect({ hostname: config.host, port: config.port }, transport)),
    timeoutMs,
  );
  // A refused connection rejects all three; it is met at `opened`, the others must not become unhandled.
  socket.closed?.catch(() => undefined);
  let line = new SmtpLine(socket);
  held.line = line;
  await within(socket.opened, timeoutMs);
  held.greeting = (await expectReply(line, timeoutMs, 2)).text;
  let capabilities = await hello(line, name, timeoutMs);
  if (config.security === 'starttls') {
    if (!/^STARTTLS\b/im.test(capabilities))
      throw new SmtpFailure({ kind: 'status', retryable: false, body: 'relay offers no STARTTLS' });
    await command(line, 'STARTTLS', timeoutMs, 2);
    line = line.upgrade();
    held.line = line;
    capabilities = await hello(line, name, timeoutMs);
  }
  if (config.username !== undefined)
    await authenticate(line, config.username, config.password ?? '', capabilities, timeoutMs);
  return line;
}

/** Every line that starts with a dot gets a second one (RFC 5321 § 4.5.2); the text ends with CRLF. */
export function dotStuff(text: string): string {
  const stuffed = text.replace(/\r\n\./g, '\r\n..');
  const whole = stuffed.startsWith('.') ? `.${stuffed}` : stuffed;
  return whole.endsWith('\r\n') ? whole : `${whole}\r\n`;
}

// ---------------------------------------------------------------- conversation

interface SmtpReply {
  code: number;
  text: string;
}

class SmtpFailure extends Error {
  readonly fault: Pick<VendorFault, 'kind' | 'retryable' | 'status' | 'body'>;
  constructor(fault: Pick<VendorFault, 'kind' | 'retryable' | 'status' | 'body'>) {
    super(fault.body ?? fault.kind);
    this.fault = fault;
  }
  /** 4xx = later perhaps, 5xx = no. */
  static ofReply(reply: SmtpReply): SmtpFailure {
    return new SmtpFailure({
      kind: 'status',
      status: reply.code,
      retryable: reply.code >= 400 && reply.code < 500,
      body: shorten(reply.text),
    });
  }
}

class TimedOut extends Error {}

function faultOf(error: unknown, phase: SmtpPhase): VendorFault {
  const silent = phase === 'after_data';
  if (error instanceof SmtpFailure) {
    // A reply after DATA is the relay's verdict: it did not take the mail.
    const verdict = error.fault.status !== undefined;
    return { ...error.fault, ambiguous: silent && !verdict };
  }
  if (error instanceof TimedOut) return { kind: 'timeout', retryable: !silent, ambiguous: silent };
  return {
    kind: 'network',
    retryable: !silent,
    ambiguous: silent,
    body: shorten(error instanceof Error ? error.message : String(error)),
  };
}

async function hello(line: SmtpLine, name: string, timeoutMs: number): Promise<string> {
  const reply = await command(line, `EHLO ${name}`, timeoutMs, 2);
  return reply.text
    .split('\n')
    .map((part) => part.slice(4).trim())
    .join('\n');
}

async function authenticate(
  line: SmtpLine,
  username: string,
  password: string,
  capabilities: string,
  timeoutMs: number,
): Promise<void> {
  const offered = /^AUTH[ =](.*)$/im.exec(capabilities)?.[1]?.toUpperCase().split(/\s+/) ?? [];
  if (offered.includes('PLAIN')) {
    await command(line, `AUTH PLAIN ${base64Utf8(`\0${username}\0${password}`)}`, timeoutMs, 2);
  } else if (offered.includes('LOGIN')) {
    await command(line, 'AUTH LOGIN', timeoutMs, 3);
    await command(line, base64Utf8(username), timeoutMs, 3);
    await command(line, base64Utf8(password), timeoutMs, 2);
  } else {
    throw new SmtpFailure({ kind: 'status', retryable: false, body: 'relay offers neither AUTH PLAIN nor LOGIN' });
  }
}

async function command(line: SmtpLine, text: string, timeoutMs: number, expected: 2 | 3): Promise<SmtpReply> {
  await within(line.write(`${text}\r\n`), timeoutMs);
  return expectReply(line, timeoutMs, expected);
}

async function expectReply(line: SmtpLine, timeoutMs: number, expected: 2 | 3): Promise<SmtpReply> {
  const reply = await readReply(line, timeoutMs);
  if (Math.floor(reply.code / 100) !== expected) throw SmtpFailure.ofReply(reply);
  return reply;
}

/** One reply of one or more lines: `250-…`, last one `250 …`. */
async function readReply(line: SmtpLine, timeoutMs: number): Promise<SmtpReply> {
  return within(
    (async () => {
      const lines: string[] = [];
      for (let i = 0; i < MAX_REPLY_LINES; i++) {
        const text = await line.readLine();
        if (!/^\d{3}([ -]|$)/.test(text))
          throw new SmtpFailure({ kind: 'invalid_response', retryable: true, body: shorten(text) });
        lines.push(text);
        if (text[3] !== '-') return { code: Number(text.slice(0, 3)), text: lines.join('\n') };
      }
      throw new SmtpFailure({ kind: 'invalid_response', retryable: true, body: 'reply has too many lines' });
    })(),
    timeoutMs,
  );
}

/** Line-wise reading and writing over one socket; throws when the relay hangs up. */
class SmtpLine {
  private readonly socket: SmtpSocket;
  private readonly reader: ReadableStreamDefaultReader<Uint8Array>;
  private readonly writer: WritableStreamDefaultWriter<Uint8Array>;
  private readonly decoder = new TextDecoder();
  private readonly encoder = new TextEncoder();
  private buffer = '';

  constructor(socket: SmtpSocket) {
    this.socket = socket;
    this.reader = socket.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
    this.writer = socket.writable.getWriter() as WritableStreamDefaultWriter<Uint8Array>;
    // A hang-up is met where we read or write; the stream's own promise must not become an unhandled rejection.
    this.writer.closed.catch(() => undefined);
    this.reader.closed.catch(() => undefined);
  }

  async readLine(): Promise<string> {
    for (;;) {
      const end = this.buffer.indexOf('\n');
      if (end >= 0) {
        const text = this.buffer.slice(0, end).replace(/\r$/, '');
        this.buffer = this.buffer.slice(end + 1);
        return text;
      }
      if (this.buffer.length > MAX_REPLY_BYTES)
        throw new SmtpFailure({ kind: 'invalid_response', retryable: true, body: 'reply too long' });
      const { done, value } = await this.reader.read();
      if (done) throw new Error('relay hung up');
      this.buffer += this.decoder.decode(value, { stream: true });
    }
  }

  write(text: string): Promise<void> {
    return this.writer.write(this.encoder.encode(text));
  }

  /** STARTTLS: what the server sent in plain text before the handshake is thrown away with this object. */
  upgrade(): SmtpLine {
    this.reader.releaseLock();
    this.writer.releaseLock();
    return new SmtpLine(this.socket.startTls());
  }

  close(): void {
    this.socket.close().catch(() => undefined);
  }
}

async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new TimedOut('relay did not answer in time')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    // The loser of the race may still fail later; its result is ignored.
    work.catch(() => undefined);
  }
}

/** Loaded only when a mail is sent: the module exists nowhere but in the Workers runtime. */
const sockets = lazy(() => import('cloudflare:sockets'));

async function workersConnect(): Promise<SmtpConnect> {
  const { connect } = await sockets();
  return (address, secureTransport) => connect(address, { secureTransport, allowHalfOpen: false });
}

function boundaryText(): string {
  let text = '';
  for (const byte of crypto.getRandomValues(new Uint8Array(18))) text += byte.toString(16).padStart(2, '0');
  return `b${text}`;
}

const base64Utf8 = (text: string): string => toBase64(new TextEncoder().encode(text));
