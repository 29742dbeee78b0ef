import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlock, isWithin, networkOf } from './network.ts';

describe('the line an address belongs to', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['::', '0:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::ffff:203.0.113.9', '203.0.113.9'],
    ['::ffff:cb00:7109', '203.0.113.9'],
    ['64:ff9b::203.0.113.9', '64:ff9b:0:0::/64'],
    ['1:2:3:4:5:6:7::', '1:2:3:4::/64'],
  ])('%s → %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  it.each([
    'local',
    '',
    'no:address',
    '1:2:3',
    '1::2::3',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '::ffff:300.0.0.1',
    ':::',
    '12345::',
  ])('%j is no address and stays', (text) => {
    expect(networkOf(text)).toBe(text);
  });

  it('is the same for every address of a /64, and another one beside it', () => {
    const group = fc.integer({ min: 0, max: 0xffff }).map((n) => n.toString(16));
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        fc.array(group, { minLength: 4, maxLength: 4 }),
        (prefix, one, other) => {
          const network = networkOf([...prefix, ...one].join(':'));
          expect(networkOf([...prefix, ...other].join(':'))).toBe(network);
          const [first = '0', ...rest] = prefix;
          const beside = [(Number.parseInt(first, 16) ^ 1).toString(16), ...rest];
          expect(networkOf([...beside, ...one].join(':'))).not.toBe(network);
        },
      ),
    );
  });
});

describe('a list of addresses', () => {
  it.each([
    ['203.0.113.9', ['203.0.113.9'], true],
    ['203.0.113.10', ['203.0.113.9'], false],
    ['203.0.113.200', ['203.0.113.0/24'], true],
    ['203.0.114.1', ['203.0.113.0/24'], false],
    ['203.0.113.127', ['203.0.113.0/25'], true],
    ['203.0.113.128', ['203.0.113.0/25'], false],
    ['198.51.100.1', ['0.0.0.0/0'], true],
    ['2001:db8::1', ['0.0.0.0/0'], false],
    ['::ffff:203.0.113.9', ['203.0.113.0/24'], true],
    ['2001:db8:1::9', ['2001:db8::/32'], true],
    ['2001:db9::1', ['2001:db8::/32'], false],
    ['2001:db8::1', ['2001:0DB8:0:0::1'], true],
    ['2001:db8::1', ['::/0'], true],
    ['local', ['0.0.0.0/0', '::/0'], false],
    ['203.0.113.9', [], false],
    ['203.0.113.9', ['nonsense', '203.0.113.9/33'], false],
  ])('%s in %j: %s', (address, blocks, isIn) => {
    expect(isWithin(address, blocks)).toBe(isIn);
  });

  it.each([
    ['203.0.113.0/24', true],
    ['203.0.113.9', true],
    ['2001:db8::/32', true],
    ['::1', true],
    ['203.0.113.0/33', false],
    ['2001:db8::/129', false],
    ['203.0.113', false],
    ['example.com', false],
    ['203.0.113.0/', false],
    ['', false],
  ])('%s names addresses: %s', (text, isOne) => {
    expect(isBlock(text)).toBe(isOne);
  });
});
