/** Pure: whether a message that somebody writes back says stop. The whole message, so that „nein, um drei passt es“ does not. Called by commands/hear-reply.ts. */

/** German and English; the last are what Twilio itself takes for a stop. */
const STOP_WORDS: ReadonlySet<string> = new Set([
  'STOP',
  'STOPP',
  'ABMELDEN',
  'NEIN',
  'STOPALL',
  'STOP ALL',
  'UNSUBSCRIBE',
]);

/** Marks and signs around the words are not part of them. */
const AROUND = /^[^\p{L}]+|[^\p{L}]+$/gu;

/** `cancel`, `end`, `quit`: a carrier stops at them too; to us they may be about an appointment, and nobody is asked twice. */
export const saysStop = (text: string): boolean =>
  text.length <= 60 && STOP_WORDS.has(text.normalize('NFC').replace(AROUND, '').replace(/\s+/g, ' ').toUpperCase());
