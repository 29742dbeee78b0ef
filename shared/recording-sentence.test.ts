/** The wording that announces a recording, whether it was heard, and every way of saying no. */
import { describe, expect, it } from 'vitest';
import { judgeRecordingSentence, refusedRecording, wasAnnounced } from './recording-sentence.ts';

const DE =
  'Guten Tag, hier ist die KI-Assistentin von Salon Schön. Das Gespräch wird aufgezeichnet; wenn Sie das nicht möchten, sagen Sie einfach Nein.';
const EN =
  'Hello, this is the AI assistant of Salon Schön. This call is recorded; if you do not want that, just say no.';

describe('a wording', () => {
  it.each([
    ['de', DE, 'ok'],
    ['de', 'Hier ist die KI von Schön. Dieses Gespräch zeichnen wir auf, Sie können widersprechen.', 'ok'],
    ['de', 'Hier ist die KI von Schön. Wir machen eine Aufnahme. Möchten Sie das nicht, sagen Sie es bitte.', 'ok'],
    ['de', 'Hier ist die KI von Schön, dieser Anruf wird mitgeschnitten. Danke für Ihr Verständnis.', 'no_choice'],
    ['de', 'Hier ist die KI von Schön, dieser Anruf wird mitgeschnitten. Sie können das ablehnen.', 'ok'],
    ['de', 'Hier ist die KI von Schön. Das Gespräch wird aufgezeichnet. Wie kann ich helfen?', 'no_choice'],
    ['de', 'Hier ist die KI von Schön. Das Gespräch wird nicht aufgezeichnet, sagen Sie Nein.', 'not_said'],
    ['de', 'Hier ist die KI von Schön. Wenn Sie nicht aufgezeichnet werden wollen, sagen Sie Nein.', 'not_said'],
    ['de', 'Hier ist die KI von Schön. Wie kann ich helfen?', 'not_said'],
    ['en', EN, 'ok'],
    ['en', 'This is the AI of Schön. This call is being recorded. You can object at any time.', 'ok'],
    ['en', 'This is the AI of Schön. This call is recorded. How can I help?', 'no_choice'],
    ['en', 'This is the AI of Schön. This call is not recorded, say no.', 'not_said'],
    ['en', 'This is the AI of Schön. How can I help?', 'not_said'],
  ] as const)('%s: %s → %s', (language, text, judged) => expect(judgeRecordingSentence(text, language)).toBe(judged));
});

describe('an announcement', () => {
  const agent = (text: string) => ({ role: 'agent', text });
  const caller = (text: string) => ({ role: 'caller', text });
  it('counts when it was spoken to its end', () => {
    expect(wasAnnounced([agent(DE), caller('Ja, hallo')])).toBe(true);
    expect(wasAnnounced([agent(EN)])).toBe(true);
  });
  it('does not where somebody spoke over it, nobody said it, or only the caller did', () => {
    expect(wasAnnounced([agent('Guten Tag, hier ist die KI-Assistentin von'), caller('Hallo?'), agent('Ja?')])).toBe(
      false,
    );
    expect(wasAnnounced([agent('Guten Tag, hier ist die KI.'), caller(DE)])).toBe(false);
    expect(wasAnnounced([])).toBe(false);
  });
  it('may go on after an interruption', () => {
    expect(
      wasAnnounced([
        agent('Guten Tag, hier ist die KI-Assistentin von Salon Schön.'),
        caller('Hallo?'),
        agent('Das Gespräch wird aufgezeichnet; wenn Sie das nicht möchten, sagen Sie Nein.'),
      ]),
    ).toBe(true);
  });
});

describe('a no', () => {
  const said = (...texts: string[]) => [
    { role: 'agent', text: DE },
    ...texts.map((text) => ({ role: 'caller', text })),
  ];
  it.each([
    'Nein.',
    'Nein, das möchte ich nicht.',
    'Äh, nein danke.',
    'Hallo, nein bitte nicht aufzeichnen.',
    'Nee, lieber nicht.',
    'Ich möchte nicht, dass das aufgezeichnet wird.',
    'Bitte keine Aufnahme.',
    'Ich will keine Aufzeichnung, ich brauche einen Termin.',
    'Guten Tag, ohne Aufzeichnung bitte.',
    'Ich widerspreche der Aufzeichnung.',
    'Damit bin ich nicht einverstanden.',
    'Bitte zeichnen Sie das nicht auf.',
    'Schalten Sie die Aufnahme bitte aus.',
    'Löschen Sie das. Die Aufzeichnung bitte löschen.',
    'Muss das mitgeschnitten werden? Das Aufnehmen lassen Sie bitte.',
    'No, please.',
    "I don't want to be recorded.",
    'Please do not record this call.',
    'I do not consent.',
    'Can you turn the recording off?',
    'Without recording, please.',
  ])('%s', (text) => expect(refusedRecording(said(text))).toBe(true));

  it('counts at any time of the call, also as an answer to a question of the agent', () => {
    expect(refusedRecording(said('Ja, guten Tag.', 'Ach, und das bitte nicht aufzeichnen.'))).toBe(true);
    expect(
      refusedRecording([
        ...said('Guten Tag'),
        { role: 'agent', text: 'Ist die Aufzeichnung in Ordnung?' },
        { role: 'caller', text: 'Nein.' },
      ]),
    ).toBe(true);
  });

  it.each([
    'Ja, in Ordnung. Ich hätte gern einen Termin.',
    'Guten Tag, ich möchte morgen um zehn einen Haarschnitt.',
    'Okay. Haben Sie am Dienstag etwas frei?',
    'Yes, fine. Do you have a slot tomorrow?',
    'Noch einen Termin bitte.',
    'Nehmen Sie neue Kunden auf?',
  ])('is none: %s', (text) => expect(refusedRecording(said(text))).toBe(false));

  it('is none where a later question of another kind is answered', () => {
    expect(
      refusedRecording([
        ...said('Guten Tag, einen Haarschnitt bitte.'),
        { role: 'agent', text: 'Passt Ihnen Dienstag um zehn?' },
        { role: 'caller', text: 'Nein, lieber um elf.' },
      ]),
    ).toBe(false);
  });
  it('is nothing that the agent says', () => {
    expect(refusedRecording([{ role: 'agent', text: 'Nein, wir zeichnen nicht auf.' }])).toBe(false);
  });
});
