/**
 * SMTP server of the sandbox: takes mail, keeps it readable, fails on demand. Called by sandbox.ts.
 * Faults: `status` answers RCPT TO with that code (default 451), nothing taken · `timeout` takes the mail, never answers the DATA ·
 * `drop` hangs up at RCPT TO · `slow` takes the mail and answers late · `duplicate`: SMTP sends no webhook, so the mail is taken once,
 * 250 is answered and the connection reset right after. A fault's `path` is matched against `MAIL FROM:<…> RCPT TO:<…>`.
 */
import { SMTPServer, type SMTPServerSession } from 'smtp-server';
import { type ReadMail, readMail } from './mime-reader.ts';
import type { Fault } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import { repeated, type SandboxParts, Shelf } from './settings.ts';

/** Larger mails are refused (552) as relays do. */
const MAX_MAIL_BYTES = 10_000_000;
/** Mails kept whole; the journal keeps summaries of 5,000. */
const MAX_MAILS = 1_000;
const SILENCE_MS = 120_000;
/** Recipient and Message-ID of mails kept for counting. */
const MAX_TAKEN = 100_000;

export interface KeptMail extends ReadMail {
  readonly id: number;
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly authenticated_as: string | null;
}

export interface SmtpOptions {
  /** Offer STARTTLS with the library's test certificate (real clients must not trust it). */
  readonly offerStartTls?: boolean;
  /** Demand these credentials; otherwise AUTH is optional and takes anything. */
  readonly credentials?: { readonly username: string; readonly password: string };
}

interface SmtpStandIn {
  readonly port: number;
  readonly mails: () => KeptMail[];
  readonly mail: (id: number) => KeptMail | null;
  /** Total since the last reset, and messages that were taken more than once (by recipient and Message-ID). */
  readonly summary: () => { total: number; repeated: { key: string; count: number }[] };
  readonly reset: () => void;
  readonly close: () => Promise<void>;
}

export async function startSmtp(parts: SandboxParts, port: number, options: SmtpOptions = {}): Promise<SmtpStandIn> {
  const { journal, faults } = parts.vendors.smtp;
  const mails = new Shelf<KeptMail>(MAX_MAILS);
  const taken = new Shelf<string>(MAX_TAKEN);
  let nextId = 1;
  /** The fault a session met at RCPT TO and has to act out after DATA. */
  const pending = new Map<string, { entry: JournalEntry; fault: Fault | null; started: number }>();
  const timers = new Set<NodeJS.Timeout>();
  const later = (ms: number, action: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      action();
    }, ms);
    timer.unref();
    timers.add(timer);
  };

  const server = new SMTPServer({
    authOptional: options.credentials === undefined,
    allowInsecureAuth: true,
    disableReverseLookup: true,
    disabledCommands: options.offerStartTls ? [] : ['STARTTLS'],
    size: MAX_MAIL_BYTES,
    logger: false,
    closeTimeout: 200,
    banner: 'AskProAI sandbox',
    onAuth(auth, _session, callback) {
      const wanted = options.credentials;
      if (wanted && (auth.username !== wanted.username || auth.password !== wanted.password))
        return callback(failure(535, 'Authentication credentials invalid'));
      callback(null, { user: auth.username ?? 'unknown' });
    },
    onRcptTo(address, session, callback) {
      if (pending.has(session.id)) return callback();
      const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
      const path = `MAIL FROM:<${from}> RCPT TO:<${address.address}>`;
      const entry = journal.add({ at: parts.now(), method: 'MAIL', path, body: null });
      const fault = faults.take(path);
      entry.fault = fault?.mode ?? null;
      if (fault?.mode === 'status') {
        const code = fault.status >= 400 ? fault.status : 451;
        entry.answered = code;
        return callback(
          failure(code, code < 500 ? 'Requested action aborted, try again later' : 'Requested action not taken'),
        );
      }
      if (fault?.mode === 'drop') {
        entry.answered = 'dropped';
        return hangUp(session);
      }
      pending.set(session.id, { entry, fault, started: performance.now() });
      callback();
    },
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('error', () => pending.delete(session.id));
      stream.on('end', () => {
        const meeting = pending.get(session.id);
        pending.delete(session.id);
        if (stream.sizeExceeded) return callback(failure(552, 'Message exceeds fixed maximum message size'));
        const mail = keep(Buffer.concat(chunks).toString('latin1'), session);
        const entry = meeting?.entry ?? null;
        if (meeting)
          Object.assign(meeting.entry, { body: summary(mail), ms: Math.round(performance.now() - meeting.started) });
        const accept = (): void => {
          if (entry) entry.answered = 250;
          callback(null, `OK queued as sandbox-${mail.id}`);
        };
        if (meeting?.fault?.mode === 'timeout') {
          if (entry) entry.answered = 'never';
          return later(SILENCE_MS, () => hangUp(session));
        }
        if (meeting?.fault?.mode === 'slow') return later(meeting.fault.delay_ms, accept);
        const twice = faults.takeDuplicate([entry?.path ?? '', 'MAIL']);
        accept();
        if (twice) {
          if (entry) entry.fault = 'duplicate';
          // Long enough for the 250 to leave first.
          later(20, () => hangUp(session));
        }
      });
    },
    onClose(session) {
      pending.delete(session.id);
    },
  });
  // A client that hangs up mid-sentence is everyday life here.
  server.on('error', () => undefined);

  function hangUp(session: SMTPServerSession): void {
    for (const connection of server.connections) if (connection.id === session.id) connection._socket.destroy();
  }

  function keep(raw: string, session: SMTPServerSession): KeptMail {
    const id = nextId++;
    const from = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
    const mail: KeptMail = {
      ...readMail(raw),
      id,
      at: new Date(parts.now()).toISOString(),
      from,
      to: session.envelope.rcptTo.map((one) => one.address),
      raw,
      authenticated_as: typeof session.user === 'string' ? session.user : null,
    };
    mails.put(String(id), mail);
    taken.put(String(id), `${mail.to.join(',')} ${mail.headers['message-id'] ?? ''}`);
    return mail;
  }

  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.server.off('error', reject);
      resolve();
    });
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    mails: () => mails.all(),
    mail: (id) => mails.get(String(id)) ?? null,
    summary: () => ({ total: taken.size(), repeated: repeated(taken.all(), (one) => one) }),
    reset: () => {
      mails.clear();
      taken.clear();
      pending.clear();
    },
    close: () =>
      new Promise((resolve) => {
        for (const timer of timers) clearTimeout(timer);
        for (const connection of server.connections) connection._socket.destroy();
        server.close(() => resolve());
      }),
  };
}

/** What the journal keeps of a mail. */
const summary = (mail: KeptMail): object => ({
  mail_id: mail.id,
  from: mail.from,
  to: mail.to,
  subject: mail.subject,
  message_id: mail.headers['message-id'] ?? null,
  headers: mail.headers,
  text: mail.text,
  calendar: mail.calendar,
  attachments: mail.attachments.map(({ filename, content_type, bytes }) => ({ filename, content_type, bytes })),
});

const failure = (responseCode: number, message: string): Error & { responseCode: number } =>
  Object.assign(new Error(message), { responseCode });
