/** Who acts, as the calendar object names them, and the keys of their commands: ids only. Called by the calendar's routes, queries and backing. */
import { type Actor, causerOf } from '../../shared/actor.ts';
import type { Instant } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import type { ActorRef } from '../events/calendar.ts';
import { sha256Hex } from '../object-runtime/hash.ts';

/** The object's name of an actor. */
export function actorRefOf(actor: Actor): ActorRef {
  switch (actor.kind) {
    case 'user':
      return {
        kind: 'user',
        id: actor.userId,
        ...(actor.impersonator === undefined ? {} : { impersonatorId: actor.impersonator.userId }),
      };
    case 'api_key':
      return { kind: 'api_key', id: actor.keyId };
    case 'guest':
      return { kind: 'customer', id: 'guest' };
    case 'system':
      return { kind: 'system', id: actor.cause };
  }
}

/** Longer ones are kept as a hash: cut, two of them would be one. */
const MAX_PRESENTED = 100;

/** The key of a command that came over HTTP: what the client chose, scoped by who asks and for what, else a fresh one. */
export const commandKeyOf = (actor: Actor, presented: string | null | undefined, verb: string, now: Instant): string =>
  presented
    ? `http:${verb}:${causerOf(actor)}:${presented.length > MAX_PRESENTED ? sha256Hex(presented) : presented}`
    : `http:${newId('audit', now)}`;
