/**
 * Links in messages: what does something once (`/u/{token}`), and what shows one appointment (`manage-link.ts`). Messages make them, the
 * page behind them opens and uses them. The token is derived from what it stands for: a message that is tried again must be the same
 * text. Only its hash is stored.
 */
import type { TenantId } from '../../shared/ids.ts';
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
export type UndoOutcome = 'done' | 'taken';

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
