/** VAT ids by form, host names from names, colours that can be read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brandShown, brandStored, colorsOf, contrast } from './brand.ts';
import { isReserved, slugOf } from './slug.ts';
import { readVatId } from './vat-id.ts';

describe('VAT ids', () => {
  it.each([
    ['ATU12345678', 'AT', 'ATU12345678'],
    ['atu 1234 5678', 'AT', 'ATU12345678'],
    ['DE 123.456.789', 'DE', 'DE123456789'],
    ['NL123456789B01', 'NL', 'NL123456789B01'],
    ['EL123456789', 'GR', 'EL123456789'],
    ['CHE-123.456.789 MWST', 'CH', 'CHE123456789MWST'],
    ['CHE123456789', 'LI', 'CHE123456789'],
  ])('%s of %s', (text, country, id) => {
    expect(readVatId(text, country)?.id).toBe(id);
  });
  it.each([
    ['ATU1234567', 'AT'],
    ['AT12345678', 'AT'],
    ['DE123456789', 'AT'],
    ['GR123456789', 'GR'],
    ['123456789', 'DE'],
    ['DE12345678X', 'DE'],
    ['US123456789', 'US'],
    ['', 'DE'],
  ])('%s is none of %s', (text, country) => {
    expect(readVatId(text, country)).toBeNull();
  });
  it('Switzerland has no ids in the register of the EU', () => {
    expect(readVatId('CHE-123.456.789', 'CH')).toEqual({ id: 'CHE123456789', vies: null });
    expect(readVatId('EL123456789', 'GR')?.vies).toEqual({ country: 'EL', number: '123456789' });
  });
});

describe('names of hosts', () => {
  it.each([
    ['Salon Schön & Söhne', 'salon-schoen-soehne'],
    ['  Straße 7!  ', 'strasse-7'],
    ['Café Été', 'cafe-ete'],
    ['漢字', ''],
    ['---', ''],
  ])('%s → %s', (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });
  it('is a DNS label or empty, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (name) => {
        expect(slugOf(name)).toMatch(/^$|^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/);
      }),
    );
  });
  it('ours stay ours, and nobody writes a name that looks like another', () => {
    expect(isReserved('admin')).toBe(true);
    expect(isReserved('xn--80ak6aa92e')).toBe(true);
    expect(isReserved('salon')).toBe(false);
  });
});

describe('colours', () => {
  it('whatever is chosen can be read: on the button, on the page, in the dark', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffffff }), (n) => {
        const { fill, on_fill, text, text_dark } = colorsOf(`#${n.toString(16).padStart(6, '0')}`);
        expect(contrast(fill, on_fill)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(text, '#f6f7f9')).toBeGreaterThanOrEqual(4.5);
        expect(contrast(text_dark, '#161a21')).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
  it('a colour that can be read stays as it is', () => {
    expect(colorsOf('#0F766E')).toMatchObject({ fill: '#0f766e', on_fill: '#ffffff', text: '#0f766e' });
  });
  it('a brand is shown as it was written', () => {
    const asked = {
      product_name: 'TerminPartner',
      color: '#0f766e',
      support_email: 'hilfe@x.test',
      support_phone: null,
    };
    expect(brandShown(brandStored(asked))).toEqual(asked);
    expect(brandShown(null)).toBeNull();
  });
});
