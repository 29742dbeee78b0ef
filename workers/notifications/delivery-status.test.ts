import { describe, expect, it } from 'vitest';
import { twilioUpdate } from './delivery-status.ts';

describe('delivery reports', () => {
  it.each(['accepted', 'queued', 'sending', 'sent'])('"%s" says nothing that the row does not', (word) => {
    expect(twilioUpdate(word)).toBe('nothing_new');
  });
  it('knows every end of Twilio in any case', () => {
    expect(twilioUpdate('Delivered')).toEqual({ status: 'delivered', rank: 5 });
    expect(twilioUpdate('undelivered')).toEqual({ status: 'failed', rank: 4 });
  });
  it.each(['', 'teleported', 'constructor', '__proto__', 'toString'])('"%s" is none', (word) => {
    expect(twilioUpdate(word)).toBeNull();
  });
});
