/** D1 rows of tags and of which customer has which. Called by crm/. */
import { and, eq, inArray, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { firstTenantWith } from '../d1.ts';
import { nameContains } from '../name-contains.ts';
import type { ListSource } from '../resource-list.ts';
import { customerTags, tags } from '../tables/crm.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type TagRow = typeof tags.$inferSelect;

/** Customers of one tag that are read at once; a list says `truncated` beyond it. */
export const MAX_TAGGED = 900;

export const tagList: ListSource<typeof tags> = {
  table: tags,
  sorts: {
    name: { by: tags.name, of: (row) => row.name, kind: 'text' },
    created_at: { by: tags.createdAt, of: (row) => row.createdAt, kind: 'number' },
  },
  filters: { q: (text) => ({ where: nameContains(tags.name, text), indexed: false }) },
};

/** The first tenant, `from` itself or behind it, with tags deleted before an instant; null: nobody. */
export const tenantWithLongDeletedTags = (platform: Platform, from: string, before: number): Promise<TenantId | null> =>
  firstTenantWith(platform, tags, from, and(isNotNull(tags.deletedAt), lt(tags.deletedAt, before)) ?? sql`0`);

/** Those of up to 90 ids that are tags of the tenant and not deleted. */
export const liveTags = (db: TenantDb, ids: readonly string[]): Promise<TagRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db.rows(tags, { where: and(inArray(tags.id, [...ids]), isNull(tags.deletedAt)), limit: ids.length });

/** The tags of up to 900 customers, ordered by name; deleted ones are left out. */
export async function tagsOf(
  db: TenantDb,
  customerIds: readonly string[],
): Promise<{ customerId: string; id: string; name: string }[]> {
  if (customerIds.length === 0) return [];
  const links = await db.rows(customerTags, {
    where: sql`${customerTags.customerId} IN (SELECT value FROM json_each(${JSON.stringify(customerIds)}))`,
    limit: 1_000,
  });
  const ids = [...new Set(links.map((link) => link.tagId))];
  const known =
    ids.length === 0
      ? []
      : await db.rows(tags, {
          ids,
          where: isNull(tags.deletedAt),
          limit: ids.length,
        });
  return links
    .flatMap(({ customerId, tagId }) =>
      known.filter((tag) => tag.id === tagId).map(({ id, name }) => ({ customerId, id, name })),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Customers with a tag, at most MAX_TAGGED + 1. */
export const customerIdsByTag = async (db: TenantDb, tagId: string): Promise<string[]> =>
  (
    await db.fields(
      customerTags,
      { id: customerTags.customerId },
      { where: eq(customerTags.tagId, tagId), orderBy: customerTags.customerId, limit: MAX_TAGGED + 1 },
    )
  ).map((row) => String(row.id));

/** The tags of a customer, instead of those it has. For the batch of the change itself. */
export const tagsPut = (db: TenantDb, customerId: string, tagIds: readonly string[]): Write[] => [
  db.removeOf(customerTags, eq(customerTags.customerId, customerId)),
  db.insertEachOf(customerTags, 'tagId', tagIds, { customerId }),
];

/** What a tag that is removed for good takes along. */
export const tagLinksRemove = (db: TenantDb, tagId: string): Write[] => [
  db.removeOf(customerTags, eq(customerTags.tagId, tagId)),
];
