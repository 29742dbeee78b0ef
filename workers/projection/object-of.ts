/** A tenant's object as projection and operations ask it, whichever it is: thin delegates to its object runtime. Called by rebuild.ts and operations/. */
import type { DomainError } from '../../shared/errors.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Result } from '../../shared/result.ts';
import { type Platform, bindingsOf } from '../env.ts';
import type { Head, ObjectKind } from '../object-runtime/events.ts';
import type { JsonObject } from '../object-runtime/hash.ts';
import type { RuntimeStatus } from '../object-runtime/object-runtime.ts';
import { objectFor } from '../object-runtime/place.ts';
import type { CellValue } from './rows.ts';

/** One page of an object's present rows, as D1 should have them. */
export interface DumpPage {
  tables: { table: string; rows: (Record<string, CellValue> & { epoch: number; seq: number })[] }[];
  next: string | null;
}

/** What both object classes offer here. */
export interface OperatedObject extends Rpc.DurableObjectBranded {
  ping(): Promise<RuntimeStatus>;
  status(): RuntimeStatus;
  flush(ms: number): Promise<Head>;
  dump(cursor: string | null, limit: number): DumpPage;
  drain(): Promise<void>;
  resume(): void;
  skip(input: { seq: number; by: string; reason: string }): Promise<Result<{ sinks: string[] }, DomainError>>;
  /** what is wrong with the object's own rows, in a few words each; empty: nothing, or nothing is proven of them */
  problems(): Promise<string[]>;
  repeat(after: number): Promise<number | null>;
  projectionCursor(): { epoch: number; seq: number; eventId: string | null };
  beginRestore(input: { epoch: number; previousHeadHash: string | null }): {
    epoch: number;
    from: { epoch: number; seq: number };
  };
  replay(
    commands: { name: string; key: string; command: JsonObject; inputHash: string; at: number }[],
  ): { key: string; refused: DomainError | null }[];
  finishRestore(): Head;
  abortRestore(): void;
}

export function objectOf(platform: Platform, tenantId: TenantId, kind: ObjectKind): DurableObjectStub<OperatedObject> {
  const namespace = (kind === 'calendar'
    ? bindingsOf(platform).CALENDAR
    : bindingsOf(platform).LEDGER) as unknown as DurableObjectNamespace<OperatedObject>;
  return objectFor(namespace, tenantId, !platform.development);
}
