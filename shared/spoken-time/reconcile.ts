/** The caller's words and the fields that a model filled in → one reading. Called by understand.ts. */
import { askDisagreement } from './questions.ts';
import { type Reading, readWith } from './read-text.ts';
import type { Understood } from './reading.ts';
import type { Frame } from './resolve/frame.ts';
import { sayReading } from './say.ts';

/** The caller's words win over what the model made of them; where both refer to the same thing and differ, a question is asked. */
export function reconcile(words: Reading, fields: Reading, frame: Frame): Understood {
  const said = words.reading;
  const made = fields.reading;
  if (said.kind === 'none') return made;
  // The words asked for a day („am Morgen", „um acht") and the field has it.
  const clear = words.items.every((item) => item.type === 'time');
  if (said.kind === 'ask' && clear && made.date !== undefined && made.kind !== 'invalid' && made.kind !== 'ask')
    return readWith(words, made.date, frame);
  if (made.kind === 'none' || made.kind === 'ask' || said.kind === 'ask' || said.kind === 'invalid') return said;
  if (said.kind === 'earliest' || said.kind === 'any' || said.kind === 'same_as_last') return said;
  const disagree = (): Understood => ({
    kind: 'ask',
    because: `the words say ${brief(said)}, the fields say ${brief(made)}: the words are taken, ask`,
    question: askDisagreement(frame, sayReading(said, frame.context)),
  });
  if (made.kind === 'invalid') return made.date !== undefined || made.time !== undefined ? disagree() : said;

  const day = made.date ?? null;
  const saysDay =
    said.date !== undefined || said.dates !== undefined || said.from_date !== undefined || said.to_date !== undefined;
  const saysHour = said.time !== undefined || said.from !== undefined || said.to !== undefined;
  if (saysDay && day !== null && !holdsDay(said, day)) return disagree();
  if (saysHour && made.time !== undefined && !holdsTime(said, made.time)) return disagree();
  if (saysDay && saysHour) return said;
  // The fields add what the words left out.
  if (!saysDay && day !== null) return readWith(words, day, frame);
  if (!saysHour && made.time !== undefined) return readWith(words, made.time, frame);
  return said;
}

const brief = (u: Understood): string =>
  [u.kind, u.date, u.dates?.join('/'), u.from_date, u.to_date, u.time, u.from, u.to]
    .filter((part) => part !== undefined)
    .join(' ');

function holdsDay(u: Understood, day: string): boolean {
  if (u.date !== undefined) return u.date === day;
  if (u.dates !== undefined) return u.dates.includes(day);
  return (u.from_date === undefined || day >= u.from_date) && (u.to_date === undefined || day <= u.to_date);
}

function holdsTime(u: Understood, time: string): boolean {
  if (u.time !== undefined) return u.time === time;
  return (u.from === undefined || time >= u.from) && (u.to === undefined || time <= u.to);
}
