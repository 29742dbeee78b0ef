/** Names of people as callers say them and systems send them: split for the row, joined for a sentence. Called by crm/, telephony/ and storage. */
import type { Greeting } from './schedule-sets.ts';
import { callerName } from './visible-text.ts';

/** Words in front of a name that are not part of it. */
const SALUTATION = /^(herr|herrn|frau|fräulein|mr|mrs|ms|miss|mister|dr|prof|professor|doktor)\.?$/i;
/** Parts that begin a family name ("von der Heide"). */
const PARTICLE = /^(von|vom|van|zu|zum|zur|de|del|der|den|di|da|la|le|el|al|bin|ter)$/i;
/** Longest name kept, characters. */
const MAX_NAME = 120;

interface SplitName {
  firstName: string | null;
  lastName: string | null;
}

/** "Frau Dr. Anna von der Heide" → Anna | von der Heide; one word alone is a first name, after a salutation a family name. */
export function splitName(text: string | null | undefined): SplitName {
  const words = (text ?? '').trim().slice(0, MAX_NAME).split(/\s+/).filter(Boolean);
  let salutation = false;
  while (words[0] !== undefined && SALUTATION.test(words[0])) {
    words.shift();
    salutation = true;
  }
  if (words.length === 0) return { firstName: null, lastName: null };
  if (words.length === 1 || (words[0] !== undefined && PARTICLE.test(words[0]))) {
    const only = words.join(' ');
    return salutation || words.length > 1 ? { firstName: null, lastName: only } : { firstName: only, lastName: null };
  }
  const particle = words.findIndex((word, i) => i > 0 && PARTICLE.test(word));
  const cut = particle > 0 ? particle : words.length - 1;
  return { firstName: words.slice(0, cut).join(' '), lastName: words.slice(cut).join(' ') };
}

/** A first name is at most this; longer ones are no name to be greeted by. */
const MAX_GREETED = 24;
const MAX_GREETED_WORDS = 2;

/**
 * What of a known caller's name the agent says first. Null: nothing, or something that is no name: names come from unverified
 * callers and are spoken aloud.
 */
export function greetingName(
  customer: { firstName: string | null; lastName: string | null },
  greeting: Greeting,
): string | null {
  if (greeting === 'none') return null;
  const first = greetable(customer.firstName);
  if (greeting === 'first_name') return first;
  const last = greetable(customer.lastName);
  return first === null || last === null ? first : `${first} ${last}`;
}

function greetable(name: string | null): string | null {
  const plain = callerName(name);
  if (plain === null || plain.length > MAX_GREETED || plain.split(' ').length > MAX_GREETED_WORDS) return null;
  return plain;
}

/** "Anna Müller", or null when no name is known. */
export function fullName(customer: { firstName: string | null; lastName: string | null }): string | null {
  const text = [customer.firstName, customer.lastName].filter(Boolean).join(' ');
  return text === '' ? null : text;
}
