/**
 * Where what we know of a customer lies, and how it leaves: the one list that the erasure goes through. `covers` names the columns and
 * stores; the test of this folder plants a text in each and finds none of them afterwards, and refuses a column that nobody has placed.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { Platform } from '../../env.ts';
import { archiveHolds, forgetArchived, waitingInArchive } from '../../storage/archive.ts';
import {
  archivedBodies,
  bodiesOf,
  callsOfCustomer,
  emptyBodies,
  emptyBodiesWith,
  eraseActivity,
  eraseAnswers,
  eraseCall,
  eraseCallbacks,
  eraseMessages,
  eraseRecording,
  erasureOf,
  idsAbout,
  keepAtCalcom,
  tracesOf,
  unlinkedCallsFrom,
} from '../../storage/queries/erasures.ts';
import { eraseProofs } from '../../storage/queries/consents.ts';
import { eraseImports } from '../../storage/queries/imports.ts';
import { eraseCustomerNotes } from '../../storage/queries/customer-notes.ts';
import { emptyWebhook } from '../../storage/queries/webhooks.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

interface Erased {
  platform: Platform;
  scope: TenantScope;
  customerId: string;
  /** when this run became due: after a restore its commands are new ones */
  run: number;
  now: Instant;
}

/** One place: may be worked on again at any time, and ends the same. Answers how much there was, for the record. */
interface Place {
  name: string;
  /** `table.column` of D1, `calendar:table.column` of the calendar object, `r2:folder/`, or a vendor */
  covers: readonly string[];
  erase(erased: Erased): Promise<number>;
}

/** A call that is going on can't be deleted at Retell; none takes longer. */
const AFTER_THE_CALL_MS = 2 * 3_600_000;
/** A conversation of the object is gone by then. */
const CONVERSATIONS_END_MS = 2 * 86_400_000;
/** Events of a call whose bodies are stored (telephony/webhook.ts). */
const CALL_EVENTS = ['call_started', 'call_ended', 'call_analyzed'] as const;

async function eraseCalls({ platform, scope, customerId, now }: Erased): Promise<number> {
  const forget = forgetArchived(platform);
  let count = 0;
  const one = async (id: string, isLive: boolean, isRecent: boolean): Promise<void> => {
    const uniqueIds = CALL_EVENTS.map((event) => `${event}:${id}`);
    await forget.below(`transcripts/${scope.tenantId}/${id}/`);
    // The row first: a copy that is under way finds none at its end, and takes back what it wrote.
    await eraseRecording(scope.db, id);
    await scope.archive.removeAudio(scope.archive.audioKey(id));
    await forget.keys(await bodiesOf(scope.db, 'retell', uniqueIds));
    await emptyBodies(scope.db, 'retell', uniqueIds);
    // What the call has said of itself so far is forgotten; what it says from now on is not written down.
    if (isRecent) await scope.calendar.conversation({ now, callId: id, erase: true });
    await eraseCall(scope.db, id, now);
    await scope.effects([
      {
        id: `erase:${id}:retell`,
        queue: 'low',
        kind: 'retell.delete_call',
        ref: { callId: id },
        ...(isLive ? { notBefore: now + AFTER_THE_CALL_MS } : {}),
      },
    ]);
    count++;
  };
  for (let after: { startedAt: number; id: string } | null = null; ; ) {
    const page: Awaited<ReturnType<typeof callsOfCustomer>> = await callsOfCustomer(scope.db, customerId, after);
    for (const { id, isLive, startedAt } of page) await one(id, isLive, now - startedAt < CONVERSATIONS_END_MS);
    const last = page.at(-1);
    if (last === undefined) break;
    after = last;
  }
  const { phones } = await tracesOf(scope.db, customerId);
  for (const id of await unlinkedCallsFrom(scope.db, phones)) await one(id, false, true);
  // Whoever withheld their number and said who they are: no row of D1 knows that yet.
  const { result } = await scope.calendar.callsNaming(customerId);
  if (!result.ok) throw new Error(`calls that name a customer: ${result.error.code}`);
  for (const id of result.value) await one(id, true, true);
  return count;
}

async function eraseAppointmentTexts({ scope, customerId, run, now }: Erased): Promise<number> {
  let count = 0;
  for (let after: string | null = null; ; ) {
    const { result } = await scope.calendar.eraseTexts({
      key: `erase:${customerId}:${run}:${after ?? ''}`,
      now,
      actor: { kind: 'system', id: 'erasure' },
      customerId,
      after,
    });
    if (!result.ok) throw new Error(`texts of appointments: ${result.error.code}`);
    count += result.value.erased;
    await keepAtCalcom(scope.db, customerId, result.value.atCalcom);
    after = result.value.next;
    if (after === null) return count;
  }
}

/** As JSON holds them: some encoders escape every letter beyond ASCII. */
const asWritten = (text: string): string[] => {
  const escaped = [...text]
    .map((c) => (c > '\u007f' ? [...c].map((u) => `\\u${u.charCodeAt(0).toString(16).padStart(4, '0')}`).join('') : c))
    .join('');
  return escaped === text ? [text] : [text, escaped];
};

async function eraseBodies({ platform, scope, customerId }: Erased): Promise<number> {
  const { phones, texts } = await tracesOf(scope.db, customerId);
  // A booking's guest may have typed another name there: what is said of their bookings goes by the booking.
  const bookings = (await erasureOf(scope.db, customerId))?.leftAtCalcom ?? [];
  const traces = [...phones, ...texts.flatMap(asWritten), ...bookings];
  let count = await emptyBodiesWith(scope.db, traces);
  if (traces.length === 0) return count;
  const forget = forgetArchived(platform);
  for (let after = ''; ; ) {
    const page = await archivedBodies(scope.db, after);
    for (const { id, key } of page) {
      if (!(await archiveHolds(platform, key, traces))) continue;
      await forget.keys([key]);
      await emptyWebhook(scope.db, id);
      count++;
    }
    const last = page.at(-1);
    if (last === undefined) break;
    after = last.id;
  }
  for (const key of await waitingInArchive(platform, scope.tenantId))
    if (await archiveHolds(platform, key, traces)) await forget.keys([key]);
  return count;
}

export const PLACES: readonly Place[] = [
  {
    name: 'appointments',
    covers: [
      'calendar:appointment_texts.notes',
      'calendar:appointment_texts.internal_notes',
      'calendar:appointment_notes.text',
      'calendar:modifications.reason',
      'appointments.notes',
      'appointments.internal_notes',
      'appointment_notes.text',
      'appointment_modifications.reason',
      // Cal.com can't delete: what is to come is cancelled there, and all links become a task.
      'vendor:calcom',
    ],
    erase: eraseAppointmentTexts,
  },
  {
    name: 'calls',
    covers: [
      'calls.from_number',
      'calls.to_number',
      'calls.transcript',
      'calls.summary',
      'calls.analysis',
      'calls.recording_url',
      'calls.knowledge',
      'call_steps.said',
      'calendar:conversations.body',
      'r2:transcripts/',
      'r2:recordings/',
      'vendor:retell',
    ],
    erase: eraseCalls,
  },
  {
    name: 'callback_requests',
    covers: [
      'callback_requests.phone',
      'callback_requests.name',
      'callback_requests.reason',
      'callback_requests.wish',
      'callback_attempts.note',
    ],
    erase: async ({ scope, customerId }) =>
      eraseCallbacks(scope.db, customerId, (await tracesOf(scope.db, customerId)).phones),
  },
  {
    name: 'messages',
    covers: [
      'notifications.recipient',
      'notifications.data',
      'notifications.error_message',
      'notifications.subject',
      'notifications.body',
    ],
    erase: ({ scope, customerId }) => eraseMessages(scope.db, customerId),
  },
  {
    name: 'consents',
    covers: ['consents.proof', 'consents.text_version'],
    erase: ({ scope, customerId }) => eraseProofs(scope.db, customerId),
  },
  {
    name: 'notes',
    covers: ['customer_notes.subject', 'customer_notes.text'],
    erase: ({ scope, customerId }) => eraseCustomerNotes(scope.db, customerId),
  },
  {
    // A file has the person in whatever spelling: all files go, and with them the rows.
    name: 'imports',
    covers: [
      'imports.file_name',
      'imports.head',
      'imports.source',
      'import_rows.e164',
      'import_rows.email',
      'import_rows.name_key',
      'import_rows.cells',
      'import_rows.read',
      'r2:imports/',
    ],
    async erase({ platform, scope, customerId, now }) {
      await forgetArchived(platform).below(`imports/${scope.tenantId}/`);
      return eraseImports(scope.db, customerId, await tracesOf(scope.db, customerId), now);
    },
  },
  {
    name: 'webhooks',
    covers: ['webhook_logs.payload', 'webhook_logs.error_message', 'r2:webhooks/', 'r2:retell-inbox/'],
    erase: eraseBodies,
  },
  {
    name: 'activity',
    covers: ['audit_values.before', 'audit_values.after', 'audit_values.ip'],
    erase: ({ scope, customerId }) => eraseActivity(scope.db, customerId),
  },
  {
    name: 'answers',
    covers: ['request_outcomes.body'],
    async erase({ scope, customerId }) {
      const { phones, texts } = await tracesOf(scope.db, customerId);
      const about = await idsAbout(scope.db, customerId, phones);
      await eraseAnswers(scope.db, [customerId, ...phones, ...texts.flatMap(asWritten), ...about]);
      return 0;
    },
  },
];

/** What the last step takes, when the row need not say any more who it was. */
export const ROW_COVERS = [
  'customers.first_name',
  'customers.last_name',
  'customers.email',
  'customers.notes',
  'customers.name_key',
  'customers.origin',
  'customer_phones.e164',
  'customer_phones.extension',
  'customer_words.word',
] as const;
