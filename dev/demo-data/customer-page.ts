/** What the pages of a customer and of messages show in the demo: notes, consents, messages with why they went or did not. Called by load.ts. */
import type { NewSeedCustomer, NewSeedCustomerPage } from '../../workers/storage/queries/seed.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Of so many of the business's customers. */
const PEOPLE = 12;

const NOTES = [
  { subject: 'Farbe', text: 'Nimmt seit Jahren 7/43. Möchte beim nächsten Mal heller werden.', type: 'general' },
  { subject: 'Wartezeit', text: 'Musste 20 Minuten warten und war verärgert. Kaffee aufs Haus.', type: 'complaint' },
  { subject: 'Lob', text: 'Sehr zufrieden mit dem Schnitt, kommt mit der Tochter wieder.', type: 'feedback' },
  { subject: 'Kopfhaut', text: 'Verträgt kein Ammoniak.', type: 'medical' },
] as const;

/** @param by the user who wrote it down @param isPractice reminders there need a consent */
export function demoCustomerPage(
  customers: readonly NewSeedCustomer[],
  { by, now, isPractice }: { by: string; now: number; isPractice: boolean },
): NewSeedCustomerPage {
  const people = customers.slice(0, PEOPLE);
  return {
    notes: people.flatMap(({ id }, n) =>
      NOTES.filter((_, i) => (n + i) % 3 !== 0).map((note, i) => ({
        ...note,
        id: `cno_demo_${id}_${i}`,
        customerId: id,
        visibility: note.type === 'complaint' ? ('management' as const) : ('staff' as const),
        pinned: note.type === 'medical',
        authorKind: 'user',
        authorId: by,
        createdAt: now - (20 + 7 * i + n) * DAY,
        updatedAt: now - (20 + 7 * i + n) * DAY,
      })),
    ),
    consents: people.flatMap(({ id }, n) => {
      const common = { customerId: id, recordedBy: `user:${by}`, textVersion: 'Anmeldebogen 2026' } as const;
      const given = (at: number, more: object) => ({ ...common, at, createdAt: at, state: 'given' as const, ...more });
      return [
        {
          ...given(now - (90 + n) * DAY, { way: 'written', proof: 'Unterschriebener Bogen' }),
          id: `cst_demo_${id}_1`,
          purpose: 'marketing' as const,
          channel: 'email' as const,
          way: 'written' as const,
        },
        ...(n % 2 === 0
          ? [
              {
                ...given(now - (60 + n) * DAY, {}),
                id: `cst_demo_${id}_2`,
                purpose: 'reminder' as const,
                channel: 'sms' as const,
                way: 'phone' as const,
              },
            ]
          : []),
        ...(n % 4 === 1
          ? [
              {
                ...common,
                id: `cst_demo_${id}_3`,
                purpose: 'marketing' as const,
                channel: 'email' as const,
                state: 'withdrawn' as const,
                way: 'link' as const,
                textVersion: null,
                recordedBy: 'system:guest',
                at: now - (10 + n) * DAY,
                createdAt: now - (10 + n) * DAY,
              },
            ]
          : []),
      ];
    }),
    messages: people.flatMap(({ id, phone, email }, n) => {
      const at = now - (3 + n) * DAY;
      const common = { customerId: id, language: 'de', data: '{}', decidedAt: at, createdAt: at, expiresAt: at + DAY };
      const sms = { ...common, channel: 'sms' as const, recipient: phone ?? '+4915100000000' };
      const isStopped = isPractice && n % 2 === 1;
      return [
        {
          ...sms,
          id: `ntf_demo_${id}_1`,
          dedupeKey: `demo:${id}:1`,
          eventType: 'appointment.confirmed',
          status: 'delivered' as const,
          statusRank: 3,
          scheduledAt: at,
          sentAt: at + 900,
          legalClass: 'service' as const,
          verdict: 'send' as const,
          because: 'service' as const,
        },
        {
          ...sms,
          id: `ntf_demo_${id}_2`,
          dedupeKey: `demo:${id}:2`,
          eventType: 'appointment.reminder',
          status: isStopped ? ('skipped' as const) : ('delivered' as const),
          scheduledAt: isStopped ? at + HOUR : at + 11 * HOUR,
          sentAt: isStopped ? null : at + 11 * HOUR,
          legalClass: 'reminder' as const,
          verdict: isStopped ? ('stop' as const) : ('move' as const),
          because: isStopped ? ('practice_mode' as const) : ('quiet_hours' as const),
        },
        ...(n % 3 === 0 && email !== null
          ? [
              {
                ...common,
                id: `ntf_demo_${id}_3`,
                dedupeKey: `demo:${id}:3`,
                channel: 'email' as const,
                recipient: email,
                eventType: 'customer.message',
                status: 'sent' as const,
                scheduledAt: at + 2 * DAY,
                createdAt: at + 2 * DAY,
                sentAt: at + 2 * DAY,
                legalClass: 'service' as const,
                verdict: 'send' as const,
                because: 'service' as const,
                subject: 'Ihr Schal',
                body: 'Sie haben gestern Ihren Schal bei uns vergessen. Er liegt am Empfang für Sie bereit.',
              },
            ]
          : []),
      ];
    }),
  };
}
