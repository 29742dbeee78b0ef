/** Pure: ids of what the set-up makes, from what it is made of. A step that is sent twice makes the same things, not others beside them. */
import { bytesOfHash, newId, type Noun } from '../../shared/ids.ts';
import { sha256Hex } from '../object-runtime/hash.ts';

/** @param parts what the thing is, the tenant first */
export const madeId = <N extends Noun>(noun: N, ...parts: string[]): string =>
  newId(noun, 0, bytesOfHash(sha256Hex(['onboarding', noun, ...parts].join('\u0000'))));
