/** Whose file this is and where its history stands: tenant, epoch, seq; whether it is behind what D1 knows. Called by the object runtime's parts. */
import type { TenantId } from '../../shared/ids.ts';
import { assert } from '../../shared/result.ts';
import { compareHeads, type Head, type ObjectKind } from './events.ts';
import type { ObjectAlarm } from './alarm-outbox.ts';

export interface Identity {
  tenantId: TenantId;
  epoch: number;
  seq: number;
  lastEventId: string | null;
  behind: string | null;
  restoring: boolean;
  previousHeadHash: string | null;
}

/** What D1 remembers of this object's history. */
export interface KnownHead {
  epoch: number;
  seq: number;
  /** id of the event at `seq`, so that two histories of equal length are told apart */
  eventId: string | null;
  hash: string | null;
}

/**
 * Why a file is not the one that D1 knew last; null: it is, or goes further.
 * @param idAt id of the own event at a seq; null: not kept any more
 */
export function whyBehind(
  known: KnownHead,
  own: { epoch: number; seq: number; lastEventId: string | null },
  idAt: (seq: number) => string | null,
): string | null {
  if (compareHeads(known, own) > 0)
    return `D1 knows ${known.epoch}.${known.seq}, this file ends at ${own.epoch}.${own.seq}`;
  if (known.seq === 0 || known.eventId === null || known.epoch !== own.epoch) return null;
  const ownId = known.seq === own.seq ? own.lastEventId : idAt(known.seq);
  const isKept = known.seq === own.seq || ownId !== null;
  return isKept && ownId !== known.eventId ? `D1 knows another event at ${known.epoch}.${known.seq}` : null;
}

export class IdentityRow {
  readonly #sql: SqlStorage;
  readonly #kind: ObjectKind;
  /** the tenant id; what the object was addressed by */
  readonly #name: () => string | undefined;
  readonly #alarm: (alarm: ObjectAlarm) => void;
  #present: Identity | null;

  constructor(sql: SqlStorage, kind: ObjectKind, name: () => string | undefined, alarm: (alarm: ObjectAlarm) => void) {
    this.#sql = sql;
    this.#kind = kind;
    this.#name = name;
    this.#alarm = alarm;
    this.#present = this.#read();
  }

  /** null in an object that was never asked for anything */
  get present(): Identity | null {
    return this.#present;
  }

  /** The identity; the first question makes it. */
  get(): Identity {
    if (this.#present) return this.#present;
    const name = this.#name();
    assert(name, 'a tenant object is only reachable by its tenant id');
    this.#sql.exec('INSERT INTO _identity (one, tenant_id, kind, epoch, seq) VALUES (1, ?, ?, 1, 0)', name, this.#kind);
    return this.reread();
  }

  /** After something else than this class wrote the row. */
  reread(): Identity {
    const identity = this.#read();
    assert(identity, 'an identity that was written is there');
    this.#present = identity;
    return identity;
  }

  head(): Head {
    return { kind: this.#kind, epoch: this.#present?.epoch ?? 1, seq: this.#present?.seq ?? 0 };
  }

  /** Inside the transaction of a command; `advanced` follows when it has committed. */
  writeHead(seq: number, lastEventId: string): void {
    this.#sql.exec('UPDATE _identity SET seq = ?, last_event_id = ?', seq, lastEventId);
  }
  advanced(seq: number, lastEventId: string): void {
    this.#present = { ...this.get(), seq, lastEventId };
  }

  /** Commands are refused from now on, until the runbook restored the file (docs/runbooks/restored-object.md). */
  markBehind(reason: string): void {
    const identity = this.get();
    if (identity.restoring || identity.behind !== null) return;
    this.#sql.exec('UPDATE _identity SET behind = ?', reason);
    this.#present = { ...identity, behind: reason };
    this.tellBehind();
  }

  /** Says that the file is behind, or that it is so no more. */
  tellBehind(): void {
    const identity = this.get();
    const subject = `${identity.tenantId}/${this.#kind}`;
    const detail = identity.behind === null ? null : { object: this.#kind, reason: identity.behind };
    this.#alarm({ kind: 'object_behind', subject, detail });
  }

  #read(): Identity | null {
    const row = this.#sql.exec('SELECT * FROM _identity').toArray()[0];
    if (!row) return null;
    return {
      tenantId: String(row['tenant_id']) as TenantId,
      epoch: Number(row['epoch']),
      seq: Number(row['seq']),
      lastEventId: row['last_event_id'] === null ? null : String(row['last_event_id']),
      behind: row['behind'] === null ? null : String(row['behind']),
      restoring: Number(row['restoring']) === 1,
      previousHeadHash: row['previous_head_hash'] === null ? null : String(row['previous_head_hash']),
    };
  }
}
