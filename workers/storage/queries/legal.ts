/** Legal texts and who agreed to them, on the control plane. Called by legal/, signup/ and the public page (tenancy/legal-page.ts). */
import { and, asc, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import { type Language, LANGUAGES } from '../../../shared/i18n/language.ts';
import { LEGAL_KINDS, type LegalKind } from '../../../shared/legal.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { orm } from '../d1.ts';
import { users } from '../tables/identity.ts';
import { legalAcceptances, legalDrafts, legalTexts } from '../tables/legal.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type LegalTextRow = typeof legalTexts.$inferSelect;
/** A version without its text. */
export type LegalVersion = Omit<LegalTextRow, 'text'> & { superseded: boolean };

/** Versions that a public page lists. */
const MAX_VERSIONS = 100;
/** Agreements of one tenant that are shown. */
const MAX_ACCEPTANCES = 200;

/** Whether a newer version has taken the row's place. */
const superseded = sql<number>`EXISTS (SELECT 1 FROM legal_texts AS newer WHERE newer.tenant_id = legal_texts.tenant_id AND newer.kind = legal_texts.kind AND newer.language = legal_texts.language AND newer.version > legal_texts.version)`;
const WITHOUT_TEXT = {
  tenantId: legalTexts.tenantId,
  id: legalTexts.id,
  kind: legalTexts.kind,
  language: legalTexts.language,
  version: legalTexts.version,
  publishedAt: legalTexts.publishedAt,
  publishedBy: legalTexts.publishedBy,
};
const versionOf = <R extends { superseded: number }>(row: R): Omit<R, 'superseded'> & { superseded: boolean } => ({
  ...row,
  superseded: row.superseded === 1,
});

export type LegalDraftRow = typeof legalDrafts.$inferSelect;
/** Which draft of a tenant. */
export type DraftPlace = Pick<LegalDraftRow, 'kind' | 'language'>;

const draftOf = (db: TenantDb, { kind, language }: DraftPlace) =>
  and(eq(legalDrafts.tenantId, db.tenantId), eq(legalDrafts.kind, kind), eq(legalDrafts.language, language));

export async function legalDraft(db: TenantDb, place: DraftPlace): Promise<LegalDraftRow | null> {
  const [row] = await controlOf(db).select().from(legalDrafts).where(draftOf(db, place)).limit(1);
  return row ?? null;
}

/** Writes a draft over the version that was read (0: there was none); null, and nothing is written, when somebody was faster. */
export async function saveDraft(
  db: TenantDb,
  row: Omit<LegalDraftRow, 'tenantId' | 'version'>,
  seen: number,
  beside: Beside,
): Promise<LegalDraftRow | null> {
  const { text, savedAt, savedBy } = row;
  const change =
    seen === 0
      ? controlOf(db)
          .insert(legalDrafts)
          .values({ ...row, tenantId: db.tenantId, version: 1 })
          .onConflictDoNothing()
          .returning()
      : controlOf(db)
          .update(legalDrafts)
          .set({ text, savedAt, savedBy, version: seen + 1 })
          .where(and(draftOf(db, row), eq(legalDrafts.version, seen)))
          .returning();
  return ((await changeOnControl(db, change, beside))?.[0] as LegalDraftRow | undefined) ?? null;
}

/** False: there was none, and nothing is written. */
export const dropDraft = async (db: TenantDb, place: DraftPlace, beside: Beside): Promise<boolean> =>
  (await changeOnControl(
    db,
    controlOf(db).delete(legalDrafts).where(draftOf(db, place)).returning({ kind: legalDrafts.kind }),
    beside,
  )) !== null;

/** Publishes the next version of a kind and language; its draft goes in the same transaction. */
export async function publishText(
  db: TenantDb,
  row: Omit<LegalTextRow, 'tenantId' | 'version'>,
  beside: Beside,
): Promise<LegalTextRow | null> {
  const ofIt = draftOf(db, row);
  // Counted by the statement that inserts: of two at once the second is the next version.
  const insert = controlOf(db)
    .insert(legalTexts)
    .select(
      sql`SELECT ${db.tenantId}, ${row.id}, ${row.kind}, ${row.language}, coalesce(max(version), 0) + 1, ${row.text}, ${row.publishedAt}, ${row.publishedBy} FROM legal_texts WHERE tenant_id = ${db.tenantId} AND kind = ${row.kind} AND language = ${row.language}`,
    )
    .returning();
  return (
    ((await changeOnControl(db, insert, beside, [controlOf(db).delete(legalDrafts).where(ofIt)]))?.[0] as
      | LegalTextRow
      | undefined) ?? null
  );
}

/** A page of a tenant's own versions, newest first: ids grow with time. */
export async function legalTextPage(
  db: TenantDb,
  {
    kind,
    language,
    after,
    limit,
  }: {
    kind?: LegalKind | undefined;
    language?: Language | undefined;
    after: string | null;
    limit: number;
  },
): Promise<LegalVersion[]> {
  const rows = await controlOf(db)
    .select({ ...WITHOUT_TEXT, superseded })
    .from(legalTexts)
    .where(
      and(
        eq(legalTexts.tenantId, db.tenantId),
        kind === undefined ? undefined : eq(legalTexts.kind, kind),
        language === undefined ? undefined : eq(legalTexts.language, language),
        after === null ? undefined : lt(legalTexts.id, after),
      ),
    )
    .orderBy(desc(legalTexts.id))
    .limit(limit);
  return rows.map(versionOf);
}

/** One of a tenant's own versions with its text. */
export async function legalTextOf(db: TenantDb, id: string): Promise<(LegalTextRow & { superseded: boolean }) | null> {
  const [row] = await controlOf(db)
    .select({ ...WITHOUT_TEXT, text: legalTexts.text, superseded })
    .from(legalTexts)
    .where(and(eq(legalTexts.tenantId, db.tenantId), eq(legalTexts.id, id)))
    .limit(1);
  return row === undefined ? null : versionOf(row);
}

/** The present version of every kind and language of these issuers, without the texts, in no order. */
export async function presentTexts(platform: Platform, issuers: readonly TenantId[]): Promise<LegalVersion[]> {
  // One look-up each: versions that were replaced are not read, however many there are.
  const asked = JSON.stringify(
    issuers.flatMap((issuer) => LEGAL_KINDS.flatMap((kind) => LANGUAGES.map((language) => [issuer, kind, language]))),
  );
  const present = sql`SELECT (SELECT t.id FROM legal_texts AS t WHERE t.tenant_id = value ->> 0 AND t.kind = value ->> 1 AND t.language = value ->> 2 ORDER BY t.version DESC LIMIT 1) FROM json_each(${asked})`;
  const rows = await orm(platform).select(WITHOUT_TEXT).from(legalTexts).where(sql`${legalTexts.id} IN (${present})`);
  return rows.map((row) => ({ ...row, superseded: false }));
}

/** Published versions of one issuer by kind and language, newest first, without the texts. */
export async function versionsOf(
  platform: Platform,
  of: { issuerId: TenantId; kind: LegalKind; language: Language },
): Promise<LegalVersion[]> {
  const rows = await orm(platform)
    .select({ ...WITHOUT_TEXT, superseded })
    .from(legalTexts)
    .where(
      and(eq(legalTexts.tenantId, of.issuerId), eq(legalTexts.kind, of.kind), eq(legalTexts.language, of.language)),
    )
    .orderBy(desc(legalTexts.version))
    .limit(MAX_VERSIONS);
  return rows.map(versionOf);
}

/** The text of a version of an issuer's, for its public page. */
export async function publicText(platform: Platform, issuerId: TenantId, id: string): Promise<string | null> {
  const [row] = await orm(platform)
    .select({ text: legalTexts.text })
    .from(legalTexts)
    .where(and(eq(legalTexts.tenantId, issuerId), eq(legalTexts.id, id)))
    .limit(1);
  return row?.text ?? null;
}

interface Agreement {
  version: LegalVersion;
  acceptedAt: number;
  /** null: the account is gone */
  acceptedBy: string | null;
}

/** What a tenant agreed to, newest first, with who did. */
export async function agreementsOf(platform: Platform, tenantId: TenantId): Promise<Agreement[]> {
  const rows = await orm(platform)
    .select({ ...WITHOUT_TEXT, superseded, acceptedAt: legalAcceptances.acceptedAt, acceptedBy: users.name })
    .from(legalAcceptances)
    .innerJoin(
      legalTexts,
      and(eq(legalTexts.tenantId, legalAcceptances.issuerId), eq(legalTexts.id, legalAcceptances.textId)),
    )
    .leftJoin(users, and(eq(users.id, legalAcceptances.userId), eq(users.tenantId, tenantId)))
    .where(eq(legalAcceptances.tenantId, tenantId))
    .orderBy(desc(legalAcceptances.acceptedAt), asc(legalAcceptances.textId))
    .limit(MAX_ACCEPTANCES);
  return rows.map(({ acceptedAt, acceptedBy, ...version }) => ({
    version: versionOf(version),
    acceptedAt,
    acceptedBy,
  }));
}

/** Rows that say a tenant agreed to these versions, for a batch; one that is there stays as it was. */
export const agreementWrites = (
  db: TenantDb,
  versions: readonly Pick<LegalTextRow, 'id' | 'tenantId' | 'kind' | 'language' | 'version'>[],
  { userId, at }: { userId: string; at: number },
): Write[] =>
  versions.map((one) =>
    controlOf(db)
      .insert(legalAcceptances)
      .values({
        tenantId: db.tenantId,
        textId: one.id,
        issuerId: one.tenantId,
        kind: one.kind,
        language: one.language,
        version: one.version,
        userId,
        acceptedAt: at,
      })
      .onConflictDoNothing()
      .returning({ textId: legalAcceptances.textId }),
  );

/** Keeps that a tenant agreed to these versions; false when all were agreed to before, and nothing is written. */
export async function keepAgreements(
  db: TenantDb,
  versions: readonly LegalVersion[],
  by: { userId: string; at: number },
  beside: Beside,
): Promise<boolean> {
  const [first, ...more] = agreementWrites(db, versions, by);
  return first !== undefined && (await changeOnControl(db, first, beside, more)) !== null;
}

/** Versions by id, whoever's they are: what a sign-up agreed to. */
export async function versionsByIds(platform: Platform, ids: readonly string[]): Promise<LegalVersion[]> {
  const rows = await orm(platform)
    .select({ ...WITHOUT_TEXT, superseded })
    .from(legalTexts)
    .where(inArray(legalTexts.id, [...ids]))
    .limit(MAX_VERSIONS);
  return rows.map(versionOf);
}

/** Inserts a version as it is, unless it is there (demo data). */
export async function saveLegalText(platform: Platform, row: LegalTextRow): Promise<void> {
  await orm(platform).insert(legalTexts).values(row).onConflictDoNothing();
}
