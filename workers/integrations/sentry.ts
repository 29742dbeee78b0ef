/**
 * Defects as events of a Sentry-compatible collector (Sentry, GlitchTip, Bugsink): one envelope each, to the address that a DSN names.
 * What a collector gets is what the defect is kept by: where it was caught, its words without values, the functions it came through.
 * Called by operations/forward-defects.ts.
 */
import { err, ok } from '../../shared/result.ts';
import { callVendor, type VendorOptions, type VendorResult } from './vendor-call.ts';

/** Longest text of one value of an event, and frames that are sent of a defect. */
const MAX_TEXT = 300;
const MAX_FRAMES = 30;
const CLIENT = 'askpro/1';

/** The parts of `https://<key>@<host>/<path>/<project>`. */
export interface Dsn {
  readonly origin: string;
  readonly host: string;
  readonly path: string;
  readonly publicKey: string;
  readonly project: string;
}

/** Null: no DSN. An old one's second secret is not used any more. */
export function parseDsn(text: string): Dsn | null {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return null;
  }
  const [, path = '', project = ''] = /^(.*)\/([\w-]{1,64})$/.exec(url.pathname) ?? [];
  const isPlain = url.search === '' && url.hash === '' && /^https?:$/.test(url.protocol);
  if (!isPlain || !/^[\w-]{8,128}$/.test(url.username) || project === '') return null;
  return { origin: url.origin, host: url.host, path, publicKey: url.username, project };
}

/** A defect as it is told. */
export interface ToldDefect {
  readonly id: string;
  /** 32 hexadecimal digits; the same event has the same ones, so that a collector drops a repeat */
  readonly eventId: string;
  readonly event: string;
  readonly message: string;
  readonly frames: readonly string[];
  readonly count: number;
  readonly lastSeenAt: number;
}

/** Whatever may stand for a person, although no defect is kept with it. */
const masked = (text: string): string =>
  // Cut first: what is long costs the patterns time.
  text
    .slice(0, MAX_TEXT)
    .replaceAll(/\S+@\S+/g, '…')
    .replaceAll(/\+?\d[\d\s/()-]{5,}\d/g, '…');

interface Frame {
  function: string;
  filename?: string;
  lineno?: number;
  colno?: number;
  in_app: true;
}
/** `at handler (app-4f3a.js:12:7)`. */
function frameOf(text: string): Frame {
  const [, name, file, line, column] =
    /^(?:at )?(?:async )?(.*?) ?\(?([\w.-]+\.[cm]?[jt]s):(\d+):(\d+)\)?$/.exec(text.slice(0, MAX_TEXT)) ?? [];
  return file === undefined
    ? { function: masked(text), in_app: true }
    : { function: name || '?', filename: file, lineno: Number(line), colno: Number(column), in_app: true };
}

/** The envelope of one defect. @param place of ours, in words of the collector: `production` */
export function envelopeOf(defect: ToldDefect, { environment, now }: { environment: string; now: number }): string {
  const { eventId: id, event, message, frames, count, lastSeenAt } = defect;
  const [, type = 'Error', words = message] = /^([A-Z]\w{0,60}): ([\s\S]*)$/.exec(message.slice(0, 2 * MAX_TEXT)) ?? [];
  const body = JSON.stringify({
    event_id: id,
    timestamp: lastSeenAt / 1_000,
    platform: 'javascript',
    level: 'error',
    logger: 'askpro',
    environment,
    transaction: event,
    // Grouped there as it is here.
    fingerprint: [defect.id],
    tags: { event },
    extra: { defect: defect.id, count },
    exception: {
      values: [
        {
          type,
          value: masked(words),
          mechanism: { type: 'generic', handled: true },
          // The innermost comes last there.
          stacktrace: { frames: frames.slice(0, MAX_FRAMES).map(frameOf).reverse() },
        },
      ],
    },
  });
  const length = new TextEncoder().encode(body).length;
  const head = JSON.stringify({ event_id: id, sent_at: new Date(now).toISOString() });
  const item = JSON.stringify({ type: 'event', content_type: 'application/json', length });
  return `${head}\n${item}\n${body}\n`;
}

/** Hands one envelope over. */
export async function sendEnvelope(
  options: Omit<VendorOptions, 'baseUrl'>,
  { origin, path, publicKey, project }: Dsn,
  envelope: string,
): Promise<VendorResult<null>> {
  const answer = await callVendor(
    { ...options, baseUrl: origin },
    {
      method: 'POST',
      path: `${path}/api/${project}/envelope/`,
      headers: {
        'content-type': 'application/x-sentry-envelope',
        'x-sentry-auth': `Sentry sentry_version=7, sentry_client=${CLIENT}, sentry_key=${publicKey}`,
      },
      body: envelope,
      acts: true,
    },
  );
  return answer.ok ? ok(null) : err(answer.error);
}
