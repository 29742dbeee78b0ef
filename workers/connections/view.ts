/** Credentials as they are shown: which fields are set, the end of a secret, who and when, and how calls went. Called by the query and commands. */
import type { IntegrationView } from '../../shared/contract/integrations.ts';
import { type ConnectionState, CREDENTIALS } from '../../shared/integration-sets.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import type { Vendor } from '../../shared/vendors.ts';
import { vendorStatus } from '../alarms/vendor-state.ts';
import { type Config, linkBase } from '../env.ts';
import type { IntegrationRecord } from '../storage/platform-db.ts';
import type { VendorOutcome } from '../storage/queries/checks.ts';
import type { InForce } from '../tenancy/credentials.ts';
import type { Holder } from './place.ts';

/** What is entered at the vendor so that it calls us; the tenant or company stands in the path where it has a secret of its own. */
export function webhookUrlOf(config: Config, holder: Holder & { vendor: Vendor }, slug: string): string | null {
  const { vendor, level, companyId } = holder;
  const base = linkBase(config);
  const whose = level === 'platform' ? '' : `/${encodeURIComponent(level === 'company' ? companyId : slug)}`;
  switch (vendor) {
    case 'calcom':
      return `${base}/api/calcom/webhook${whose}`;
    case 'stripe':
      return `${base}/webhooks/stripe${whose}`;
    case 'retell':
      return `${base}/webhooks/retell`;
    // Each message says where its status goes; a relay calls nobody.
    case 'twilio':
    case 'smtp':
      return null;
  }
}

/** Which name stands for whose change. */
type NameOf = (causer: string | null) => string | null;

export function integrationView(
  config: Config,
  holder: Holder & { vendor: Vendor },
  facts: {
    own: IntegrationRecord | null;
    inForce: InForce;
    outcome: VendorOutcome | undefined;
    slug: string;
    nameOf: NameOf;
    now: number;
  },
): IntegrationView {
  const { own, inForce, outcome } = facts;
  return {
    vendor: holder.vendor,
    state: stateOf(inForce, outcome, facts.now),
    in_force: inForce.kind === 'none' ? null : inForce.kind === 'unreadable' ? inForce.level : inForce.credential.level,
    own: own === null ? null : ownView(holder.vendor, own, facts),
    last_success: isoOrNull(outcome?.succeededAt),
    last_failure: isoOrNull(outcome?.failedAt),
    last_fault: outcome?.lastFault ?? null,
    webhook_url: webhookUrlOf(config, holder, facts.slug),
  };
}

function ownView(
  vendor: Vendor,
  row: IntegrationRecord,
  { nameOf, now }: { nameOf: NameOf; now: number },
): NonNullable<IntegrationView['own']> {
  const declared = CREDENTIALS[vendor];
  const plain = (name: string): string | null => {
    const value = name === 'base_url' ? row.baseUrl : row.settings?.[name];
    return value === null || value === undefined || value === '' ? null : String(value);
  };
  return {
    version: row.version,
    fields: [
      { name: declared.key, secret: true, set: row.sealedApiKey !== null, hint: row.apiKeyHint },
      ...(declared.webhookSecret === null
        ? []
        : [
            {
              name: declared.webhookSecret,
              secret: true,
              set: row.sealedWebhookSecret !== null,
              hint: row.webhookSecretHint,
            },
          ]),
      ...declared.plain.map((name) => ({ name, secret: false, set: plain(name) !== null, hint: plain(name) })),
    ],
    old_webhook_secret_until:
      row.sealedOldWebhookSecret !== null && (row.oldWebhookSecretUntil ?? 0) > now
        ? isoOrNull(row.oldWebhookSecretUntil)
        : null,
    changed_at: isoOrNull(row.updatedAt),
    changed_by: nameOf(row.updatedBy),
    test:
      row.testedAt === null
        ? null
        : {
            at: toIso(row.testedAt),
            ok: row.testFault === null,
            duration_ms: row.testMs ?? 0,
            fault: row.testFault,
            said: row.testSaid,
          },
  };
}

function stateOf(inForce: InForce, outcome: VendorOutcome | undefined, now: number): ConnectionState {
  if (inForce.kind === 'none') return 'off';
  if (inForce.kind === 'unreadable') return 'unreadable';
  if (outcome === undefined) return 'untested';
  const { succeededAt, failedAt, failuresInRow } = outcome;
  const status = vendorStatus({ succeededAt, failedAt, failuresInRow, waitingSince: null }, now);
  return status === 'unknown' ? 'untested' : status;
}
