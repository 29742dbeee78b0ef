/**
 * The port to a tenant's ledger object: plain RPC, with one retry of infrastructure faults under the same key (every command is
 * idempotent). Made by `tenancy/scope.ts` only.
 */
import type { TenantId } from '../../shared/ids.ts';
import { asking } from '../object-runtime/ask.ts';
import { objectFor } from '../object-runtime/place.ts';
import { openStream } from '../object-runtime/streams.ts';
import { type Platform, bindingsOf } from '../env.ts';
import type { LedgerPort } from './port.ts';

export function ledgerPort(platform: Platform, tenantId: TenantId): LedgerPort {
  const ask = asking(() => objectFor(bindingsOf(platform).LEDGER, tenantId, !platform.development));
  return {
    putTerms: (command) => ask((o) => o.putTerms(command)),
    terms: (query) => ask((o) => o.terms(query)),
    balance: () => ask((o) => o.balance()),
    spending: (query) => ask((o) => o.spending(query)),
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
    settleAppointment: (command) => ask((o) => o.settleAppointment(command)),
    voidCallHold: (command) => ask((o) => o.voidCallHold(command)),
    chargeUsage: (command) => ask((o) => o.chargeUsage(command)),
    chargeUsageBatch: (command) => ask((o) => o.chargeUsageBatch(command)),
    adjust: (command) => ask((o) => o.adjust(command)),
    closePeriod: (command) => ask((o) => o.closePeriod(command)),
    sendTransfer: (command) => ask((o) => o.sendTransfer(command)),
    reserveAmount: (command) => ask((o) => o.reserveAmount(command)),
    captureReservation: (command) => ask((o) => o.captureReservation(command)),
    releaseReservation: (command) => ask((o) => o.releaseReservation(command)),
    reservation: (query) => ask((o) => o.reservation(query)),
    transfers: (query) => ask((o) => o.transfers(query)),
    transfer: (query) => ask((o) => o.transfer(query)),
    entries: (query) => ask((o) => o.entries(query)),
    entry: (query) => ask((o) => o.entry(query)),
    usage: (query) => ask((o) => o.usage(query)),
    usageSums: (query) => ask((o) => o.usageSums(query)),
    storageLevel: (query) => ask((o) => o.storageLevel(query)),
    month: (query) => ask((o) => o.month(query)),
    listCosts: (query) => ask((o) => o.listCosts(query)),
    openMonths: (query) => ask((o) => o.openMonths(query)),
    verify: (query) => ask((o) => o.verify(query)),
    repair: (rows) => ask((o) => o.repair(rows)),
    sealable: (query) => ask((o) => o.sealable(query)),
    flush: (ms) => ask((o) => o.flush(ms)),
    dump: (cursor, limit) => ask((o) => o.dump(cursor, limit)),
    stream: (after, listener) => ask((o) => openStream(o, after, listener)),
    endStreams: (session) => ask((o) => o.endStreams(session)),
  };
}
