import { expect, test } from 'vitest';
import { withWords } from '../../adapters/web/link-words.ts';
import { notForYou } from '../../src/conversations/offer-messages.ts';
import { outdated, refusal } from '../../src/messages/messages.ts';
import { type Telling, telling } from '../../src/messages/telling.ts';
import { words } from '../../src/words.ts';
import { filesOfWords, textsOf } from '../support/card-catalogue.ts';

/** The words in quotation marks that can be typed where this is read: not those for another place. */
function namedIn(text: string): readonly string[] {
  const quoted = [...text.matchAll(/“([a-z]+)”(?! there)/g)].map(([, word = '']) => word);
  return [...new Set(quoted)].filter((word) => Object.hasOwn(words, word));
}

const carried = (said: string | Telling) => (typeof said === 'string' ? [] : said.words);
const textOf = (said: string | Telling) => (typeof said === 'string' ? said : said.text);

test.each(filesOfWords())('every word that a refusal of %s tells people to type is carried with it', async (file) => {
  for (const said of await textsOf(file))
    expect([textOf(said), carried(said)]).toEqual([textOf(said), namedIn(textOf(said))]);
});

test('so is that of a refusal with a name in it, and of a button that is out of date', () => {
  const { text, words: own } = notForYou('Chief executives of “host” councils');
  expect([own, namedIn(text)]).toEqual([['conversations'], ['host', 'conversations']]);
  expect(outdated().words).toEqual(namedIn(outdated().summary));
});

test('there are words to look at', async () => {
  const all = (await Promise.all(filesOfWords().map(textsOf))).flat();
  expect(all.filter((said) => carried(said).length > 0).length).toBeGreaterThan(20);
});

test('where there is nowhere to type each is a button, and what stands in quotation marks for another reason is not', () => {
  const told = withWords({ kind: 'message', message: refusal(telling('“host” is over: try “match”.', 'match')) });
  const { buttons } = told.kind === 'message' ? told.message : { buttons: [] };
  expect(buttons).toMatchObject([{ label: 'Match', intent: { kind: 'matching.current' } }]);
});
