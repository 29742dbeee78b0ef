/**
 * The port to a tenant's ledger object: plain RPC, with one retry of infrastructure faults under the same key (every command is
 * idempotent). Made by `tenancy/scope.ts` only.
 */
import { objectFor } from '../durable/place.ts';
import { type Env, isDevelopment } from '../env.ts';
import { positionOf } from './live.ts';
import type { LedgerPort } from './types.ts';

/** An object that restarts or moves answers again within moments; more tries would only add to an overload. */
const TRIES = 2;
const RETRY_AFTER_MS = 50;

export function ledgerPort(env: Env, tenantId: string): LedgerPort {
  /** A stub is dead after a fault, so each try takes a fresh one. */
  const ask = async <T>(call: (stub: ReturnType<typeof open>) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await call(open());
      } catch (fault) {
        const { retryable, overloaded } = fault as { retryable?: boolean; overloaded?: boolean };
        if (attempt >= TRIES || overloaded === true || retryable !== true) throw fault;
        await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
      }
    }
  };
  const open = () => objectFor(env.LEDGER, tenantId, !isDevelopment(env));
  return {
    putTerms: (command) => ask((o) => o.putTerms(command)),
    terms: () => ask((o) => o.terms()),
    balance: () => ask((o) => o.balance()),
    canSpend: (query) => ask((o) => o.canSpend(query)),
    previewTopup: (query) => ask((o) => o.previewTopup(query)),
    bonusTiers: (query) => ask((o) => o.bonusTiers(query)),
    openTopup: (command) => ask((o) => o.openTopup(command)),
    linkTopup: (command) => ask((o) => o.linkTopup(command)),
    recordTopup: (command) => ask((o) => o.recordTopup(command)),
    topupProcessing: (command) => ask((o) => o.topupProcessing(command)),
    topupFailed: (command) => ask((o) => o.topupFailed(command)),
    reverseTopup: (command) => ask((o) => o.reverseTopup(command)),
    topup: (query) => ask((o) => o.topup(query)),
    topups: (query) => ask((o) => o.topups(query)),
    holdForCall: (command) => ask((o) => o.holdForCall(command)),
    settleCall: (command) => ask((o) => o.settleCall(command)),
    voidCallHold: (command) => ask((o) => o.voidCallHold(command)),
    chargeUsage: (command) => ask((o) => o.chargeUsage(command)),
    adjust: (command) => ask((o) => o.adjust(command)),
    closePeriod: (command) => ask((o) => o.closePeriod(command)),
    entries: (query) => ask((o) => o.entries(query)),
    entry: (query) => ask((o) => o.entry(query)),
    usage: (query) => ask((o) => o.usage(query)),
    verify: () => ask((o) => o.verify()),
    flush: (ms) => ask((o) => o.flush(ms)),
    dump: (cursor, limit) => ask((o) => o.dump(cursor, limit)),
    stream: (after) =>
      ask((o) =>
        o.fetch(`https://ledger/stream${after ? `?after=${positionOf(after.epoch, after.sequence)}` : ''}`, {
          headers: { Upgrade: 'websocket' },
        }),
      ),
  };
}
