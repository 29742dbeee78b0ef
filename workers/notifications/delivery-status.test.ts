import { describe, expect, it } from 'vitest';
import { twilioUpdate } from './delivery-status.ts';

describe('delivery reports', () => {
  it('knows every word of Twilio in any case', () => {
    expect(twilioUpdate('Delivered')).toEqual({ status: 'delivered', rank: 5 });
    expect(twilioUpdate('undelivered')).toEqual({ status: 'failed', rank: 4 });
  });
  it.each(['', 'teleported', 'constructor', '__proto__', 'toString'])('"%s" is none', (word) => {
    expect(twilioUpdate(word)).toBeNull();
  });
});
