/** What of the calendar's texts and bodies had reached D1. Called by the calendar object when a restore replays its commands. */
import { and, eq, inArray } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { Platform } from '../../env.ts';
import { drizzleOn, tenantD1 } from '../d1.ts';
import { appointments, ERASABLE_TEXTS, type ErasableText, scheduleItems } from '../tables/calendar.ts';

/** The erasable texts of an appointment, as D1 has them. */
interface DrainedTexts {
  notes: string | null;
  internalNotes: string | null;
}

/** What a restore needs back that commands don't carry: bodies of schedule items and texts, as they had drained. ≤ 200 ids each. */
export async function drainedTexts(
  platform: Platform,
  tenantId: TenantId,
  wanted: {
    items: readonly { kind: string; id: string }[];
    appointmentIds: readonly string[];
    textsOf: Partial<Record<ErasableText, readonly string[]>>;
  },
): Promise<{
  bodies: Map<string, unknown>;
  texts: Map<string, DrainedTexts>;
  textsOf: Record<ErasableText, Map<string, string>>;
}> {
  const database = drizzleOn(tenantD1(platform, tenantId));
  const bodies = new Map<string, unknown>();
  const texts = new Map<string, DrainedTexts>();
  for (const ids of pagesOf(wanted.items.map((i) => i.id))) {
    const found = await database
      .select()
      .from(scheduleItems)
      .where(and(eq(scheduleItems.tenantId, tenantId), inArray(scheduleItems.id, ids)));
    for (const row of found) bodies.set(`${row.kind}/${row.id}`, JSON.parse(row.body));
  }
  for (const ids of pagesOf(wanted.appointmentIds)) {
    const found = await database
      .select({ id: appointments.id, notes: appointments.notes, internalNotes: appointments.internalNotes })
      .from(appointments)
      .where(and(eq(appointments.tenantId, tenantId), inArray(appointments.id, ids)));
    for (const { id, ...one } of found) texts.set(id, one);
  }
  const textsOf = {} as Record<ErasableText, Map<string, string>>;
  for (const of of Object.keys(ERASABLE_TEXTS) as ErasableText[]) {
    const { table, text } = ERASABLE_TEXTS[of];
    const found = new Map<string, string>();
    textsOf[of] = found;
    for (const ids of pagesOf(wanted.textsOf[of] ?? [])) {
      const rows = await database
        .select({ id: table.id, text })
        .from(table)
        .where(and(eq(table.tenantId, tenantId), inArray(table.id, ids)));
      for (const row of rows) if (row.text !== null) found.set(row.id, row.text);
    }
  }
  return { bodies, texts, textsOf };
}

/** D1 binds at most 100 parameters. */
const IDS_PER_QUERY = 90;
function* pagesOf(ids: readonly string[]): Generator<string[]> {
  const unique = [...new Set(ids)];
  for (let i = 0; i < unique.length; i += IDS_PER_QUERY) yield unique.slice(i, i + IDS_PER_QUERY);
}
