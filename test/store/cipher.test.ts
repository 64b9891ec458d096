import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCipher } from '../../src/store/cipher.ts';
import { readLink, writeLink } from '../../src/store/links.ts';

const cipher = createCipher(Buffer.alloc(32, 1));
const memberId = '0e8f3a2c-5a44-4c1e-9f0e-3f9d0a1b2c3d';
const link = { id: 'd.0', memberId, intent: { kind: 'network.help', asked: '' } as const, expires: 1000 };

test('what is sealed opens in its place, is never the same twice, and does not hold the text', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 8, unit: 'grapheme' }), fc.string(), (text, place) => {
      const sealed = cipher.seal(text, place);
      expect(cipher.open(sealed, place)).toBe(text.toWellFormed());
      expect(cipher.seal(text, place).equals(sealed)).toBe(false);
      expect(sealed.includes(Buffer.from(text))).toBe(false);
    }),
  );
});

test('it does not open elsewhere, changed by a bit, cut short, or with another key', () => {
  const sealed = cipher.seal('private', 'reflection:1');
  expect(() => cipher.open(sealed, 'reflection:2')).toThrow();
  expect(() => createCipher(Buffer.alloc(32, 2)).open(sealed, 'reflection:1')).toThrow();
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => cipher.open(changed, 'reflection:1')).toThrow();
    expect(() => cipher.open(sealed.subarray(0, index), 'reflection:1')).toThrow();
  }
});

test('a link opens until it ends, and not after, nor when any character of it is changed', () => {
  const token = writeLink(cipher, link);
  expect(readLink(cipher, token, new Date(999))).toEqual(link);
  expect(readLink(cipher, token, new Date(1000))).toBeUndefined();
  expect(token).not.toContain(memberId);
  for (let index = 0; index < token.length - 1; index += 1) {
    const changed = `${token.slice(0, index)}${token[index] === 'A' ? 'B' : 'A'}${token.slice(index + 1)}`;
    expect(readLink(cipher, changed, new Date(999))).toBeUndefined();
  }
});

test('anything at all instead of a link is no link', () => {
  fc.assert(fc.property(fc.string(), (token) => readLink(cipher, token, new Date(0)) === undefined));
});
