/**
 * Whether a message may leave (docs/consents.md): gathers what rules/may-send.ts decides by. Asked by whoever enqueues a message, and again
 * when it is sent; single messages, reminders and campaigns ask it and nothing else.
 */
import type { Instant } from '../../shared/clock.ts';
import { holidayOn } from '../../shared/holidays.ts';
import type { LegalClass } from '../../shared/message-sets.ts';
import { companyIds, companySettings, mainBranch } from '../calendar/rules/company.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import { type Channel, newestConsent, stoppedSince } from '../storage/queries/consents.ts';
import { type CustomerWithLine, customerById } from '../storage/queries/customers.ts';
import { addressKey } from '../tenancy/caller-keys.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { addressOf } from './addresses.ts';
import { decideMaySend, type MaySend, PURPOSE_OF } from './rules/may-send.ts';
import type { QuietHours, QuietPlace } from './rules/quiet-hours.ts';

export interface MaySendQuestion {
  customerId: string;
  channel: Channel;
  legalClass: LegalClass;
  /** when it is to leave */
  at: Instant;
  /** from when on it is of no use */
  expiresAt?: number | null;
  /** whose clock, holidays and company count; left out: those of the customer's company */
  branchId?: string | null;
  /** of who was just read */
  customer?: CustomerWithLine | null;
  /** where it goes, if that was settled before: what the customer's row says may be another address by now */
  recipient?: string;
}

/** What of a company decides about its messages. */
interface Terms {
  practiceMode: boolean;
  quiet: QuietHours;
  place: QuietPlace;
}

function termsOf(
  snapshot: ScheduleSnapshot,
  { branchId, companyId }: { branchId: string | null; companyId: string | null },
  tenantZone: string,
): Terms {
  const named = snapshot.branches.find(({ id }) => id === branchId);
  const companies = companyIds(snapshot);
  const company = named?.body.companyId ?? companyId ?? companies[0] ?? '';
  const branch = named ?? mainBranch(snapshot, company);
  const settings = companySettings(snapshot, company);
  // Nobody said whose customer it is: where one of the companies is a practice, it may be a patient.
  const isAnybodys = named === undefined && companyId === null;
  const region = branch?.body.holidayRegion ?? null;
  return {
    practiceMode: isAnybodys
      ? companies.some((id) => companySettings(snapshot, id).practiceMode)
      : settings.practiceMode,
    quiet: {
      from: settings.quietFrom,
      to: settings.quietTo,
      sundays: settings.quietSundays,
      holidays: settings.quietHolidays,
    },
    place: {
      zone: branch?.body.timeZone ?? tenantZone,
      isHoliday: (date) => region !== null && holidayOn(region, date) !== null,
    },
  };
}

/** Send, move or stop, with why. What is owed by contract costs no look at consents or clock. */
export async function maySend(scope: TenantScope, question: MaySendQuestion): Promise<MaySend> {
  const { legalClass, channel, customerId, at } = question;
  const purpose = PURPOSE_OF[legalClass];
  const customer =
    question.customer === undefined && (purpose !== null || question.recipient === undefined)
      ? await customerById(scope.db, customerId)
      : (question.customer ?? null);
  const address = question.recipient ?? (customer === null ? null : await addressOf(customer, channel));
  const common = { legalClass, at, expiresAt: question.expiresAt ?? null, hasAddress: address !== null };
  if (purpose === null || address === null) return decideMaySend({ ...common, ...NOTHING_ASKED });
  const [consent, stoppedAt, { result }, tenant] = await Promise.all([
    newestConsent(scope.db, { customerId, purpose, channel }),
    stoppedSince(scope.db, { channel, purpose, addressHash: addressKey(scope, channel, address) }),
    scope.calendar.schedule({ maxAgeMs: 60_000 }),
    scope.tenant(),
  ]);
  if (!result.ok) throw new Error(`settings of a company: ${result.error.code}`);
  const terms = termsOf(
    result.value,
    { branchId: question.branchId ?? null, companyId: customer?.companyId ?? null },
    tenant?.timeZone ?? 'Europe/Berlin',
  );
  return decideMaySend({ ...common, consent, stoppedAt, ...terms });
}

/** For what needs no consent, or has nowhere to go. */
const NOTHING_ASKED = {
  consent: null,
  stoppedAt: null,
  practiceMode: false,
  quiet: { from: '00:00', to: '00:00', sundays: false, holidays: false },
  place: { zone: 'UTC', isHoliday: () => false },
} as const;
