/**
 * Links in messages: what does something once (`/u/{token}`), what says no to messages (`/s/{token}`), and what shows one appointment (`manage-link.ts`). Messages make them, the
 * page behind them opens and uses them. The token is derived from what it stands for: a message that is tried again must be the same
 * text. Only its hash is stored.
 */
import type { TenantId } from '../../shared/ids.ts';
import { CONSENT_PURPOSES, type ConsentPurpose } from '../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS, type NotificationChannel } from '../../shared/notification-status.ts';
import { DAY } from '../../shared/time.ts';
import { toBase64Url } from '../../shared/base64.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { hmac } from '../../shared/hmac.ts';
import type { Modification } from '../calendar/types.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import { actionLinkByHash, insertActionLinks, type NewActionLink, takeActionLink } from '../storage/platform-db.ts';

/** Stores a link's row; a batch of messages stores theirs together. */
export type StoreLink = (row: NewActionLink) => Promise<void>;
export const storeLinkAlone =
  (platform: Platform): StoreLink =>
  (row) =>
    insertActionLinks(platform, [row]);

/** How long a change can be taken back. */
const UNDO_MS = 24 * 3_600_000;
/** 128 bits can't be guessed; more would only make the SMS longer. */
const TOKEN_BYTES = 16;
/** So many bytes in base64url. */
const TOKEN = /^[A-Za-z0-9_-]{22}$/;

/** How a used link ended: the appointment was put back, or its place was taken and a person calls. */
type UndoOutcome = 'done' | 'taken';

export interface UndoLink {
  tenantId: TenantId;
  appointmentId: string;
  modificationId: string;
  customerId: string;
  /** null: not used yet */
  outcome: UndoOutcome | null;
  tokenHash: string;
}

async function tokenFor(secret: string, meaning: string): Promise<string> {
  const code = await hmac(secret, meaning, 'SHA-256');
  return toBase64Url(code.subarray(0, TOKEN_BYTES));
}

/** What a message carries to show one appointment; its end is part of it, so that a moved appointment has a link that lives longer. */
export async function appointmentToken(
  platform: Platform,
  tenantId: TenantId,
  {
    appointmentId,
    expiresAt,
    now,
    store,
  }: { appointmentId: string; expiresAt: Instant; now: Instant; store: StoreLink },
): Promise<string> {
  const { AUTH_SECRET } = platform.config;
  const token = await tokenFor(AUTH_SECRET, `appointment.${tenantId}.${appointmentId}.${expiresAt}`);
  const tokenHash = sha256Hex(token);
  const ref = { appointmentId };
  await store({ tokenHash, tenantId, purpose: 'appointment', ref, expiresAt, createdAt: now });
  return token;
}

/** Null for what is no link of ours to an appointment or has run out. */
export async function openAppointmentToken(
  platform: Platform,
  token: string,
  now: Instant,
): Promise<{ tenantId: TenantId; appointmentId: string } | null> {
  if (!TOKEN.test(token)) return null;
  const row = await actionLinkByHash(platform, 'appointment', sha256Hex(token));
  return row && now < row.expiresAt ? { tenantId: row.tenantId, appointmentId: row.ref['appointmentId'] ?? '' } : null;
}

/** The link that takes this change back; made as often as its message is composed, always the same. @param base address of the tenant's */
export async function undoLink(
  platform: Platform,
  tenantId: TenantId,
  { change, base, now, store }: { change: Modification; base: string; now: Instant; store: StoreLink },
): Promise<string> {
  const token = await tokenFor(platform.config.AUTH_SECRET, `undo.${tenantId}.${change.id}`);
  await store({
    tokenHash: sha256Hex(token),
    tenantId,
    purpose: 'undo',
    ref: { appointmentId: change.appointmentId, modificationId: change.id, customerId: change.customerId },
    expiresAt: asInstant(change.at + UNDO_MS),
    createdAt: now,
  });
  return `${base}/u/${token}`;
}

/** Null for what is no link of ours or has run out. */
export async function openUndo(platform: Platform, token: string, now: Instant): Promise<UndoLink | null> {
  if (!TOKEN.test(token)) return null;
  const tokenHash = sha256Hex(token);
  const row = await actionLinkByHash(platform, 'undo', tokenHash);
  if (!row || row.expiresAt <= now) return null;
  const { appointmentId = '', modificationId = '', customerId = '', outcome } = row.ref;
  return {
    tenantId: row.tenantId,
    appointmentId,
    modificationId,
    customerId,
    outcome: row.usedAt === null ? null : outcome === 'taken' ? 'taken' : 'done',
    tokenHash,
  };
}

/** Uses the link up; true for exactly one of those who try. */
export const closeUndo = (platform: Platform, link: UndoLink, outcome: UndoOutcome, now: Instant): Promise<boolean> =>
  takeActionLink(
    platform,
    link.tokenHash,
    {
      appointmentId: link.appointmentId,
      modificationId: link.modificationId,
      customerId: link.customerId,
      outcome,
    },
    now,
  );

/** What a link of stop stands for. The address is a keyed hash: neither link nor row says who it is. */
export interface StopLink {
  tenantId: TenantId;
  customerId: string;
  channel: NotificationChannel;
  purpose: ConsentPurpose;
  addressHash: string;
  tokenHash: string;
}

/** As long as somebody may keep a message. */
const STOP_LINK_MS = 731 * DAY;

/**
 * The link by which somebody no longer wants such messages: one a person, channel, purpose and year, so that the link of a message works for
 * as long as it may be kept, and an attempt that is made again carries the same.
 * @param since when the message was written
 */
export async function stopLink(
  platform: Platform,
  tenantId: TenantId,
  stop: Omit<StopLink, 'tenantId' | 'tokenHash'>,
  { base, since, now, store }: { base: string; since: number; now: Instant; store: StoreLink },
): Promise<string> {
  const { customerId, channel, purpose, addressHash } = stop;
  const year = new Date(since).getUTCFullYear();
  const token = await tokenFor(
    platform.config.AUTH_SECRET,
    `stop.${tenantId}.${customerId}.${channel}.${purpose}.${addressHash}.${year}`,
  );
  await store({
    tokenHash: sha256Hex(token),
    tenantId,
    purpose: 'stop',
    ref: { customerId, channel, purpose, addressHash },
    expiresAt: asInstant(Date.UTC(year + 1, 0, 1) + STOP_LINK_MS),
    createdAt: now,
  });
  return `${base}/s/${token}`;
}

/** Null for what is no link of ours or has run out. Used before, it is the same: no is no. */
export async function openStop(platform: Platform, token: string, now: Instant): Promise<StopLink | null> {
  if (!TOKEN.test(token)) return null;
  const tokenHash = sha256Hex(token);
  const row = await actionLinkByHash(platform, 'stop', tokenHash);
  if (!row || row.expiresAt <= now) return null;
  const { customerId = '', channel, purpose, addressHash = '' } = row.ref;
  const known = CONSENT_PURPOSES.find((one) => one === purpose);
  const way = NOTIFICATION_CHANNELS.find((one) => one === channel);
  if (way === undefined || known === undefined) return null;
  return { tenantId: row.tenantId, customerId, channel: way, purpose: known, addressHash, tokenHash };
}
