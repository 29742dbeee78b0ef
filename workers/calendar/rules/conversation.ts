/**
 * What a call has said and shown so far, joined turn by turn. The rule of merging: what was proven stays, wrong offers and tries only grow,
 * a code opens once. Called by the object; ids, keyed hashes and wall clock, and what the caller said of themselves until the call ends.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { CallIdentity, CodeTried, Conversation, IdentityChange, TouchConversation } from '../call-state.ts';

/** What a conversation row holds; the rest of `Conversation` is read beside it. */
export type StoredConversation = Pick<
  Conversation,
  'customerId' | 'branchId' | 'language' | 'wish' | 'lostSlots' | 'identity' | 'erased'
>;

export const NO_IDENTITY: CallIdentity = {
  level: 'unknown',
  lineCustomerIds: null,
  leadId: null,
  madeIds: [],
  renamedIds: [],
  proven: [],
  wrong: [],
  moments: [],
  code: null,
  codesSent: 0,
  said: null,
};
export const EMPTY_CONVERSATION: StoredConversation = {
  customerId: null,
  branchId: null,
  language: null,
  wish: {},
  lostSlots: 0,
  identity: NO_IDENTITY,
  erased: false,
};

/** Kept of one call: beyond it a caller has long been sent to a person. */
const MAX_WRONG = 20;
const MAX_MOMENTS = 20;
const MAX_PEOPLE = 20;
export const CODE_TRIES = 3;

/** Rows of older code have no identity, or less of it. */
export const storedConversation = (body: string): StoredConversation => {
  const read = JSON.parse(body) as Partial<StoredConversation>;
  return { ...EMPTY_CONVERSATION, ...read, identity: { ...NO_IDENTITY, ...read.identity } };
};

const added = (list: string[], one: string | undefined, most: number): string[] =>
  one === undefined || list.includes(one) || list.length >= most ? list : [...list, one];

export function mergeIdentity(
  before: CallIdentity,
  change: IdentityChange,
  now: Instant,
): { identity: CallIdentity; tried: CodeTried | null } {
  let { code } = before;
  let tried: CodeTried | null = null;
  const proven = change.proven === undefined ? [] : [change.proven];
  if (change.codeSent !== undefined) code = { ...change.codeSent, triesLeft: CODE_TRIES };
  // The number's owner is looked up after the answer, so that unknown callers wait exactly as long.
  if (change.codeFor !== undefined && code?.hash === change.codeFor.hash)
    code = { ...code, customerId: change.codeFor.customerId };
  if (change.codeTried !== undefined) {
    const live = code !== null && code.expiresAt > now && code.triesLeft > 0 ? code : null;
    const matched = live !== null && live.customerId !== null && live.hash === change.codeTried;
    if (live !== null && matched) {
      proven.push({ customerId: live.customerId as string, appointmentIds: null });
      tried = { matched: true, triesLeft: 0, customerId: live.customerId };
      code = null;
    } else {
      const triesLeft = live === null ? 0 : live.triesLeft - 1;
      if (live !== null) code = { ...live, triesLeft };
      tried = { matched: false, triesLeft, customerId: null };
    }
  }
  return {
    tried,
    identity: {
      level: change.level ?? before.level,
      lineCustomerIds: change.lineCustomerIds?.slice(0, MAX_PEOPLE) ?? before.lineCustomerIds,
      leadId: before.leadId ?? change.leadId ?? null,
      madeIds: added(before.madeIds, change.madeId, MAX_PEOPLE),
      renamedIds: added(before.renamedIds, change.renamedId, MAX_PEOPLE),
      proven: proven.reduce(withProof, before.proven),
      wrong: added(before.wrong, change.wrong, MAX_WRONG),
      moments: added(before.moments, change.moment, MAX_MOMENTS),
      code,
      codesSent: before.codesSent + (change.codeSent === undefined ? 0 : 1),
      said: change.said === undefined ? before.said : change.said,
    },
  };
}

/** Everything wins over single appointments; nothing is ever taken away. */
function withProof(list: CallIdentity['proven'], proof: CallIdentity['proven'][number]): CallIdentity['proven'] {
  const known = list.find((one) => one.customerId === proof.customerId);
  if (known === undefined) return list.length >= MAX_PEOPLE ? list : [...list, proof];
  if (known.appointmentIds === null) return list;
  const appointmentIds =
    proof.appointmentIds === null ? null : [...new Set([...known.appointmentIds, ...proof.appointmentIds])];
  return list.map((one) => (one === known ? { ...known, appointmentIds } : one));
}

/** What may be known of a call whose caller was erased: what was counted against it, and nothing of a person. */
const withoutPerson = (conversation: StoredConversation): StoredConversation => ({
  ...EMPTY_CONVERSATION,
  branchId: conversation.branchId,
  language: conversation.language,
  lostSlots: conversation.lostSlots,
  identity: { ...NO_IDENTITY, wrong: conversation.identity.wrong, codesSent: conversation.identity.codesSent },
  erased: true,
});

/** The conversation after a touch. */
export function mergeConversation(
  before: StoredConversation,
  { merge, resetWish: startsAnew, erase, now }: Pick<TouchConversation, 'merge' | 'resetWish' | 'erase' | 'now'>,
): { after: StoredConversation; tried: CodeTried | null } {
  const { identity, tried } =
    merge?.identity === undefined
      ? { identity: before.identity, tried: null }
      : mergeIdentity(before.identity, merge.identity, now);
  const after: StoredConversation = {
    customerId: merge?.customerId === undefined ? before.customerId : merge.customerId,
    branchId: merge?.branchId === undefined ? before.branchId : merge.branchId,
    language: merge?.language === undefined ? before.language : merge.language,
    wish: { ...(startsAnew ? {} : before.wish), ...merge?.wish },
    lostSlots: before.lostSlots,
    identity,
    erased: before.erased,
  };
  return { tried, after: erase || before.erased ? withoutPerson(after) : after };
}

/** Whether it is this customer who calls, as far as the call has shown: on a line of several, only who was named or proven. */
export const isCalling = ({ customerId, identity }: StoredConversation, id: string): boolean =>
  customerId === id ||
  identity.leadId === id ||
  identity.madeIds.includes(id) ||
  identity.proven.some((one) => one.customerId === id) ||
  (identity.lineCustomerIds?.length === 1 && identity.lineCustomerIds[0] === id);

/** Whether a call may act for a customer: found on its line, made or identified in it, or proven. */
export const opensCustomer = (conversation: StoredConversation | null, customerId: string): boolean =>
  conversation !== null &&
  (conversation.customerId === customerId ||
    conversation.identity.leadId === customerId ||
    conversation.identity.madeIds.includes(customerId) ||
    (conversation.identity.lineCustomerIds ?? []).includes(customerId) ||
    conversation.identity.proven.some((one) => one.customerId === customerId));
