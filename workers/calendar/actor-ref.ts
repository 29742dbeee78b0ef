/** Who acts, as the calendar object names them: ids only. Called by the calendar's routes, queries and backing. */
import type { Actor } from '../../shared/actor.ts';
import type { ActorRef } from '../events/calendar.ts';

/** The object's name of an actor. */
export function actorRefOf(actor: Actor): ActorRef {
  switch (actor.kind) {
    case 'user':
      return { kind: 'user', id: actor.userId };
    case 'api_key':
      return { kind: 'api_key', id: actor.keyId };
    case 'guest':
      return { kind: 'customer', id: 'guest' };
    case 'system':
      return { kind: 'system', id: actor.cause };
  }
}
