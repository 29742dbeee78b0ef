/** A caller is told first that a machine speaks, whatever a business makes of the wording. */
import { describe, expect, it } from 'vitest';
import { judgeFirstSentence } from './first-sentence.ts';
import { speechDe } from './i18n/speech.de.ts';
import { speechEn } from './i18n/speech.en.ts';

describe('German', () => {
  it.each([
    'Guten Tag, hier ist die digitale Assistentin von Salon Schön, eine künstliche Intelligenz.',
    'Guten Tag, Salon Schön, hier ist die KI-Assistentin. Schnitt, Farbe oder ein bestehender Termin?',
    'Hallo, Barbershop Zürich, hier ist der KI-Assistent. Haare, Bart oder beides?',
    'Guten Tag, Praxis Dr. Müller, hier spricht eine künstliche Intelligenz. Ist es dringend?',
    'Guten Tag! Sie sprechen mit einer KI. Wie kann ich helfen?',
    'Hallo und herzlich willkommen! Hier ist der Sprachcomputer von Auto Huber.',
    'Grüezi. Hier spricht der virtuelle Telefonassistent von Beat.',
    'Ich bin ein Computer und helfe Ihnen gern.',
    'Guten Tag, hier ist die digitale Empfangsassistentin der Praxis Nord.',
    'GUTEN TAG, HIER IST DIE KI‑ASSISTENZ VON SALON SCHÖN.',
  ])('%s', (text) => expect(judgeFirstSentence(text, 'de')).toBe('ok'));

  it.each([
    ['Guten Tag, hier ist Anna vom Salon Schön. Wie kann ich helfen?', 'no_machine'],
    ['Guten Tag, hier ist der KI-Salon Schön, mein Name ist Anna.', 'no_machine'],
    ['Guten Tag, Kira hier, Salon KI. Was darf es sein?', 'no_machine'],
    ['Hallo, digital gut beraten: Salon Schön, was kann ich tun?', 'no_machine'],
    ['Hier ist Computer Müller, guten Tag.', 'no_machine'],
    ['Guten Tag, Salon Schön. Was kann ich für Sie tun? Ich bin eine künstliche Intelligenz.', 'not_first'],
    ['Hallo, schön dass Sie anrufen, hier ist Anna vom Salon. Ich bin eine KI.', 'not_first'],
    ['Guten Tag! Möchten Sie einen Termin? Hier spricht eine KI.', 'not_first'],
    ['Guten Tag, ich bin keine KI, sondern Anna.', 'denied'],
    ['Hier spricht Anna, und eine künstliche Intelligenz bin ich nicht.', 'denied'],
    ['Ich bin kein Computer. Hier ist die digitale Assistentin.', 'denied'],
    ['Hello, this is the AI assistant of Salon Schön.', 'no_machine'],
    ['   ', 'empty'],
    ['…!', 'empty'],
  ] as const)('%s: %s', (text, judged) => expect(judgeFirstSentence(text, 'de')).toBe(judged));
});

describe('English', () => {
  it.each([
    'Hello, Salon Schön, AI assistant speaking. A cut, colour or an existing appointment?',
    'Good morning. You are speaking with an AI. How can I help?',
    'Hi, this is the virtual receptionist of Mr. Smith. How can I help?',
    'Thank you for calling! I am an artificial intelligence at Barber Zürich.',
    'Welcome, this is our automated voice assistant.',
  ])('%s', (text) => expect(judgeFirstSentence(text, 'en')).toBe('ok'));

  it.each([
    ['Hello, this is Anna from AI Cuts.', 'no_machine'],
    ['Hello, this is Aidan. How may I help?', 'no_machine'],
    ['Hello, what can I do for you? I am an AI assistant.', 'not_first'],
    ['Hello, I am not a robot, I am Anna.', 'denied'],
    ['I am definitely not an AI.', 'denied'],
    ['Guten Tag, hier ist die KI-Assistentin.', 'no_machine'],
  ] as const)('%s: %s', (text, judged) => expect(judgeFirstSentence(text, 'en')).toBe(judged));
});

it('what the product itself says first tells it', () => {
  const filled = (text: string): string => text.replace('{company}', 'Salon Schön').replace('{name}', 'Frau Berg');
  for (const key of ['greeting', 'greeting_known', 'greeting_fallback'] as const) {
    expect(judgeFirstSentence(filled(speechDe[key]), 'de'), key).toBe('ok');
    expect(judgeFirstSentence(filled(speechEn[key]), 'en'), key).toBe('ok');
  }
});
