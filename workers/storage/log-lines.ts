/**
 * Log lines as they are kept: security events in D1, defects counted by their fingerprint, everything else a file of R2 for each channel and
 * batch. Called at the end of a request, a queue's batch, a tick and an object's alarm; never waited for by anybody.
 */
import { realNow } from '../../shared/clock.ts';
import { bytesOfHash, newId } from '../../shared/ids.ts';
import { LOG_CHANNELS, LOG_DAYS, type LogChannel } from '../../shared/watch-status.ts';
import { DAY } from '../../shared/time.ts';
import { bindingsOf, type Platform } from '../env.ts';
import { log, takeLines, type WaitingLine, waitingLines } from '../log.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { unmeteredD1 } from './d1.ts';
import { saysD1Away } from './d1-fault.ts';

/** Lines wait so long, or until so many do. */
const KEEP_AFTER_MS = 60_000;
const KEEP_AT_LINES = 200;
/** Of one batch; a flood is counted in the line that says so. */
const MAX_SECURITY = 200;
const MAX_DEFECTS = 50;
/** Longest text of one value, and frames that make a fingerprint: further down the same fault comes by many ways. */
const MAX_TEXT = 300;
const MAX_FRAMES = 2;

const FOLDER = 'logs';
/** What else of the world is no defect of ours: whatever D1 says of itself, a network that is gone, and what tests inject. */
const WORLD = /D1 DB |fault injected|Network error/i;
const isOfWorld = (text: string): boolean => saysD1Away(text) || WORLD.test(text);

/** What a fault says of itself, without what it repeats: quoted texts, ids, numbers. */
export const withoutValues = (message: string): string =>
  message
    .replaceAll(/"[^"]*"|'[^']{2,}'|`[^`]*`|“[^”]*”|„[^“]*“/g, '"…"')
    .replaceAll(/\b[a-z]{3}_[0-9a-z]{8,}\b/g, '…')
    .replaceAll(/\d+/g, '0')
    .slice(0, MAX_TEXT);

/** `at handler (file:///…/app-4f3a.js:12:7)` → `handler`: chunks are named anew by every build. */
const nameOfFrame = (frame: string): string =>
  /^at (?:async )?(?:new )?([\w$.<>#[\] ]+?) \(/.exec(frame)?.[1] ??
  frame.replaceAll(/[-.][\w]{6,}(?=\.js)|:\d+/g, '').slice(-80);

/** The same defect has the same one: where it was caught, what it says without its values, and the functions it came through. */
export const fingerprintOf = (
  event: string,
  { error, frames = [] }: { error: string; frames?: readonly string[] },
): string => sha256Hex([event, withoutValues(error), ...frames.slice(0, MAX_FRAMES).map(nameOfFrame)].join('\n'));

interface Counted {
  id: string;
  event: string;
  message: string;
  frames: string[];
  fields: Record<string, unknown>;
  count: number;
  at: number;
}

/** Ids and codes of a line; what the fault says stands in message and frames. */
const besides = ({ fields, requestId, tenantId }: WaitingLine): Record<string, unknown> => {
  const { error: _error, cause: _cause, frames: _frames, ...more } = fields;
  return { ...more, ...(requestId && { request_id: requestId }), ...(tenantId && { tenant_id: tenantId }) };
};

function countedDefects(lines: readonly WaitingLine[]): Counted[] {
  const found = new Map<string, Counted>();
  for (const line of lines) {
    const { defect, event, at } = line;
    if (defect === null || isOfWorld(`${defect.error} ${defect.cause ?? ''}`)) continue;
    const fingerprint = fingerprintOf(event, defect);
    const known = found.get(fingerprint);
    if (known === undefined && found.size >= MAX_DEFECTS) continue;
    found.set(fingerprint, {
      id: newId('defect', 0, bytesOfHash(fingerprint)),
      event,
      message: withoutValues(defect.error),
      frames: (defect.frames ?? []).map((frame) =>
        frame.replaceAll(/\(?(?:file|https?):\/\/\S*\//g, '(').slice(0, MAX_TEXT),
      ),
      fields: besides(line),
      count: (known?.count ?? 0) + 1,
      at: Math.max(known?.at ?? 0, at),
    });
  }
  return [...found.values()];
}

/** One row a fingerprint: counted up; what was solved and comes again is open again. */
const DEFECTS_SQL = `
  INSERT INTO defects (id, event, message, frames, fields, count, first_seen_at, last_seen_at, opened_at, state)
  SELECT value ->> 'id', value ->> 'event', value ->> 'message', value -> 'frames', value -> 'fields', value ->> 'count',
    value ->> 'at', value ->> 'at', value ->> 'at', 'open' FROM json_each(?1) WHERE true
  ON CONFLICT (id) DO UPDATE SET
    count = count + excluded.count, last_seen_at = max(last_seen_at, excluded.last_seen_at), frames = excluded.frames, fields = excluded.fields,
    opened_at = CASE WHEN state = 'solved' THEN excluded.opened_at ELSE opened_at END,
    version = CASE WHEN state = 'solved' THEN version + 1 ELSE version END,
    state_by = CASE WHEN state = 'solved' THEN NULL ELSE state_by END,
    state = CASE WHEN state = 'solved' THEN 'open' ELSE state END`;
const SECURITY_SQL = `
  INSERT OR IGNORE INTO security_events (id, at, level, event, request_id, tenant_id, fields)
  SELECT value ->> 'id', value ->> 'at', value ->> 'level', value ->> 'event', value ->> 'request_id', value ->> 'tenant_id', value -> 'fields'
  FROM json_each(?1)`;

/** How a line stands in its file. */
export interface KeptLine {
  id: string;
  at: number;
  channel: LogChannel;
  level: string;
  event: string;
  request_id: string | null;
  tenant_id: string | null;
  fields: Record<string, unknown>;
}

const keptOf = (line: WaitingLine): KeptLine => ({
  id: newId('log_line', line.at),
  at: line.at,
  channel: line.channel,
  level: line.level,
  event: line.event,
  request_id: line.requestId,
  tenant_id: line.tenantId,
  fields: besides({ ...line, requestId: null, tenantId: null }),
});

/** `logs/app/2026-11-22/153012123-….ndjson`: in the order of time. */
const fileOf = (channel: LogChannel, at: number): string => {
  const [date = '', clock = ''] = new Date(at).toISOString().split('T');
  return `${FOLDER}/${channel}/${date}/${clock.replaceAll(/\D/g, '')}-${newId('log_line', at).slice(-11)}.ndjson`;
};

/** Keeps what waits when it has waited long enough. Never throws, and what can't be kept is lost: a log must not fill the memory of whoever writes it. */
export async function keepLines(platform: Platform, { now = false }: { now?: boolean } = {}): Promise<void> {
  const { lines: count, since } = waitingLines();
  if (since === null || (!now && count < KEEP_AT_LINES && Math.abs(realNow() - lastKept) < KEEP_AFTER_MS)) return;
  lastKept = realNow();
  const { lines, left } = takeLines();
  const newest = lines.at(-1)?.at ?? since;
  const security = lines.filter(({ channel }) => channel === 'security').slice(0, MAX_SECURITY);
  const dropped = left + Math.max(0, lines.filter(({ channel }) => channel === 'security').length - MAX_SECURITY);
  const database = unmeteredD1(platform);
  const statements: D1PreparedStatement[] = [];
  const found = countedDefects(lines);
  const ofD1 = [
    ...security.map(keptOf),
    ...(dropped === 0
      ? []
      : [
          {
            ...keptOf({
              at: newest,
              channel: 'security',
              level: 'warn',
              event: 'lines_left_out',
              requestId: null,
              tenantId: null,
              fields: { count: dropped },
              defect: null,
            }),
          },
        ]),
  ];
  if (ofD1.length > 0) statements.push(database.prepare(SECURITY_SQL).bind(JSON.stringify(ofD1)));
  if (found.length > 0) statements.push(database.prepare(DEFECTS_SQL).bind(JSON.stringify(found)));
  const files = LOG_CHANNELS.filter((channel) => channel !== 'security').flatMap((channel) => {
    const own = lines.filter((line) => line.channel === channel);
    return own.length === 0
      ? []
      : [{ key: fileOf(channel, newest), text: own.map((line) => JSON.stringify(keptOf(line))).join('\n') }];
  });
  const kept = await Promise.allSettled([
    statements.length === 0 ? Promise.resolve() : database.batch(statements),
    ...files.map(({ key, text }) => bindingsOf(platform).ARCHIVE.put(key, text)),
  ]);
  const lost = kept.filter(({ status }) => status === 'rejected').length;
  if (lost > 0) log('warn', 'lines_not_kept', { lost });
}
/** real ms */
let lastKept = 0;

// ---------------------------------------------------------------- reading

interface LinesAsked {
  requestId?: string | undefined;
  tenantId?: string | undefined;
  /** epoch ms: from, and before */
  from: number;
  to: number;
  limit: number;
}

const SHOWN = 'id, at, level, event, request_id, tenant_id, fields';

/** A page of security events, newest first. */
export async function securityLines(
  platform: Platform,
  { requestId, tenantId, from, to, limit }: LinesAsked,
  after: { at: number; id: string } | null,
): Promise<KeptLine[]> {
  const by = requestId !== undefined ? 'request_id = ?4' : tenantId !== undefined ? 'tenant_id = ?4' : '?4 IS NULL';
  // Of a request the few lines there are; its tenant is judged among them.
  const also = requestId !== undefined && tenantId !== undefined ? '+tenant_id = ?6' : '?6 IS NULL';
  const { results } = await unmeteredD1(platform)
    .prepare(
      `SELECT ${SHOWN} FROM security_events WHERE ${by} AND at >= ?1 AND (at, id) < (?2, ?3) AND ${also} ORDER BY at DESC, id DESC LIMIT ?5`,
    )
    .bind(
      from,
      after?.at ?? to,
      after?.id ?? '',
      requestId ?? tenantId ?? null,
      limit,
      also.startsWith('+') ? tenantId : null,
    )
    .all<Omit<KeptLine, 'channel' | 'fields'> & { fields: string }>();
  return results.map((row) => ({
    ...row,
    channel: 'security',
    fields: JSON.parse(row.fields) as Record<string, unknown>,
  }));
}

/** Files opened for one page, and keys listed for a day: what a page may cost. */
const MAX_FILES = 40;
const MAX_KEYS = 1_000;
/** A line may be so much older than its file. */
const OLDER_MS = 10 * KEEP_AFTER_MS;
const MAX_DAYS = 14;

interface FilePosition {
  /** the file to go on in, and how many of its lines (newest first) were looked at */
  key: string;
  skip: number;
}

interface LinesPage {
  lines: KeptLine[];
  next: FilePosition | null;
  truncated: boolean;
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const instantOfKey = (key: string): number => {
  const found = /\/(\d{4}-\d{2}-\d{2})\/(\d{2})(\d{2})(\d{2})(\d{3})-/.exec(key);
  return found === null ? 0 : Date.parse(`${found[1]}T${found[2]}:${found[3]}:${found[4]}.${found[5]}Z`);
};

/** Keys of a day's files, newest first. */
async function keysOfDay(platform: Platform, channel: LogChannel, date: string): Promise<string[]> {
  const keys: string[] = [];
  let cursor: string | undefined;
  for (;;) {
    const listed: R2Objects = await bindingsOf(platform).ARCHIVE.list({
      prefix: `${FOLDER}/${channel}/${date}/`,
      limit: MAX_KEYS,
      ...(cursor === undefined ? {} : { cursor }),
    });
    keys.push(...listed.objects.map(({ key }) => key));
    if (!listed.truncated || keys.length >= 20 * MAX_KEYS) break;
    cursor = listed.cursor;
  }
  return keys.reverse();
}

function linesOf(text: string): KeptLine[] {
  return text
    .split('\n')
    .flatMap((line) => {
      try {
        return [JSON.parse(line) as KeptLine];
      } catch {
        return [];
      }
    })
    .reverse();
}

/** A page of lines of a channel that lie in R2, newest file first; bounded by files opened, after which it says where to go on. */
export async function archivedLines(
  platform: Platform,
  channel: Exclude<LogChannel, 'security'>,
  { requestId, tenantId, from, to, limit }: LinesAsked,
  after: FilePosition | null,
): Promise<LinesPage> {
  const fits = (line: KeptLine): boolean =>
    line.at >= from &&
    line.at < to &&
    (requestId === undefined || line.request_id === requestId) &&
    (tenantId === undefined || line.tenant_id === tenantId);
  const newest = Math.min(to + OLDER_MS, after === null ? Number.POSITIVE_INFINITY : instantOfKey(after.key) + 1);
  const lines: KeptLine[] = [];
  let opened = 0;
  for (let n = 0; n <= MAX_DAYS; n++) {
    const day = newest - n * DAY;
    if (dateOf(day) < dateOf(from)) break;
    for (const key of await keysOfDay(platform, channel, dateOf(day))) {
      const at = instantOfKey(key);
      if (at < from || at > to + OLDER_MS || (after !== null && key > after.key)) continue;
      if (opened >= MAX_FILES) return { lines, next: { key, skip: 0 }, truncated: true };
      opened++;
      const all = linesOf((await (await bindingsOf(platform).ARCHIVE.get(key))?.text()) ?? '');
      const start = after?.key === key ? after.skip : 0;
      for (let i = start; i < all.length; i++) {
        const line = all[i];
        if (line === undefined || !fits(line)) continue;
        if (lines.length === limit) return { lines, next: { key, skip: i }, truncated: false };
        lines.push(line);
      }
    }
  }
  return { lines, next: null, truncated: false };
}

/** Removes files of R2 whose days are over; whole days, a bounded part of them. Answers how many files went. */
export async function purgeLogFiles(platform: Platform, now: number): Promise<number> {
  const archive = bindingsOf(platform).ARCHIVE;
  let gone = 0;
  for (const channel of LOG_CHANNELS) {
    const last = dateOf(now - LOG_DAYS[channel] * DAY);
    const { delimitedPrefixes } = await archive.list({
      prefix: `${FOLDER}/${channel}/`,
      delimiter: '/',
      limit: MAX_KEYS,
    });
    for (const prefix of delimitedPrefixes.filter((one) => (/(\d{4}-\d{2}-\d{2})\/$/.exec(one)?.[1] ?? last) < last)) {
      const { objects } = await archive.list({ prefix, limit: MAX_KEYS });
      if (objects.length > 0) await archive.delete(objects.map(({ key }) => key));
      gone += objects.length;
    }
  }
  return gone;
}
