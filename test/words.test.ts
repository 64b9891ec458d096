import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readWords, words } from '../src/words.ts';

/** Every text between quotes in the files that hold words for members. */
const texts = globSync('{src,adapters}/**/{messages,*-messages,words}.ts').flatMap((file) => {
  const source = readFileSync(file, 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|^import .*$/gm, '');
  return [...source.matchAll(/'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g)].map((match) => ({
    file,
    text: match[1] ?? match[2] ?? '',
  }));
});
const sentences = texts
  .flatMap(({ file, text }) => text.split(/(?<=[.?!])\s+/).map((sentence) => ({ file, sentence })))
  .filter(({ sentence }) => sentence.includes(' '));

test('there are words to look at', () => {
  expect(sentences.length).toBeGreaterThan(100);
});

test('sentences have 25 words at most', () => {
  expect(sentences.filter(({ sentence }) => sentence.split(/\s+/).length > 25)).toEqual([]);
});

test('no Latin, no jargon, no shouting, no emoji', () => {
  const banned =
    /\b(e\.g\.|i\.e\.|etc|via|please|utili[sz]e|leverage|facilitate|in order to|going forward|oops|guys)\b|\p{Extended_Pictographic}|!(\s|$)/iu;
  expect(sentences.filter(({ sentence }) => banned.test(sentence))).toEqual([]);
});

test('every word that help lists is understood, however it is typed', () => {
  for (const [word, { intent }] of Object.entries(words)) {
    expect(readWords(word)).toEqual(intent);
    expect(readWords(`  /${word.toUpperCase()} `)).toEqual(intent);
  }
});

test.each(['toString', '__proto__', 'constructor', 'please help me', '💥'.repeat(200)])(
  '“%s” is not a word: help says so',
  (typed) => {
    expect(readWords(typed)).toMatchObject({ kind: 'network.help', asked: typed.trim().toLowerCase().slice(0, 60) });
  },
);

test('nothing typed asks for help', () => {
  expect(readWords('  ')).toEqual({ kind: 'network.help', asked: '' });
});
