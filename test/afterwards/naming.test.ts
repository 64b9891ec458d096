import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findNamed, type Named } from '../../src/afterwards/naming.ts';
import { readSummary } from '../../src/afterwards/rules.ts';

const person = (name: string, council = 'Northmoor Borough Council', listed = name): Named => ({
  names: [name, listed],
  council,
});

describe('a text that names somebody who was there', () => {
  test.each([
    ['a first name', 'As Priya said, start small.', person('Priya Nair'), 'Priya'],
    ['a last name, in capitals', 'NAIR’s point was good.', person('Priya Nair'), 'NAIR’s'],
    ['a possessive', 'It was Priya’s idea.', person('Priya Nair'), 'Priya’s'],
    ['a name without its accents', 'Sian and llyr agreed.', person('Siân Llŷr'), 'Sian'],
    ['a half of a double name', 'Llewellyn put it well.', person('Anna Llewellyn-Price'), 'Llewellyn'],
    ['a name with an apostrophe, of either shape', "Thank you, O'Hara.", person('Meg O’Hara'), "O'Hara"],
    ['the same without it', 'Thank you, OHara.', person('Meg O’Hara'), 'OHara'],
    ['a whole name of ordinary words', 'We asked Will Young to go on.', person('Will Young'), 'Will Young'],
    ['a whole name over two lines', 'So thought May\nGreen.', person('May Green'), 'May Green'],
    ['a whole name of two letters each', 'And Bo Li agreed.', person('Bo Li'), 'Bo Li'],
    [
      'the name on the list of the programme',
      'Wilhelmina began.',
      person('Billie Ray', '', 'Wilhelmina Ray'),
      'Wilhelmina',
    ],
    ['a council', 'At Northmoor they stopped it.', person('A B'), 'Northmoor'],
    ['a whole council of an ordinary word', 'At Bath Council too.', person('A B', 'Bath Council'), 'Bath Council'],
    [
      'a council of several words',
      'In Tower Hamlets it works.',
      person('A B', 'London Borough of Tower Hamlets'),
      'Tower Hamlets',
    ],
    [
      'a council with a sign',
      'Hammersmith & Fulham did.',
      person('A B', 'Hammersmith and Fulham Council'),
      'Hammersmith and Fulham',
    ],
  ])('%s', (_, text, named, found) => {
    expect(findNamed(text, [person('Zed Zyx', 'Zyx Council'), named])).toBe(found);
  });

  test.each([
    [
      'words that are names as well',
      'We will grant a young leader more power in May.',
      person('Will Young', 'Power Council'),
    ],
    ['the beginning of a longer word', 'Nairobi has primal priyanka.', person('Priya Nair')],
    [
      'what a council is',
      'The council and the city agreed; the borough did not.',
      person('A B', 'Kent County Council'),
    ],
    [
      'a part of a council’s name',
      'The north and the east of it.',
      person('A B', 'Bath and North East Somerset Council'),
    ],
    ['one or two letters', 'It is so: li, and not jo.', person('Jo Li')],
    ['nothing', '', person('Priya Nair')],
  ])('is not one with %s', (_, text, named) => {
    expect(findNamed(text, [named])).toBeUndefined();
  });

  test('is found wherever the name stands, in whatever case', () => {
    const words = fc.array(fc.constantFrom('we', 'agreed', 'that', 'budgets', 'matter'), { maxLength: 8 });
    const name = fc.constantFrom('Priya Nair', 'Siân Llŷr', 'Meg O’Hara');
    const dress = fc.constantFrom(
      (text: string) => text,
      (text: string) => text.toUpperCase(),
      (text: string) => text.toLowerCase(),
      (text: string) => `“${text},”`,
    );
    fc.assert(
      fc.property(words, name, dress, words, (before, who, dressed, after) => {
        const text = [...before, dressed(who), ...after].join(' ');
        expect(findNamed(text, [person(who)])).toBeDefined();
        expect(findNamed([...before, ...after].join(' '), [person(who)])).toBeUndefined();
      }),
    );
  });
});

test('a summary is refused that is empty, too long or names somebody, and it says which word', () => {
  const people = [person('Priya Nair')];
  expect(readSummary(' \n', people)).toMatchObject([{ field: 'text' }]);
  expect(readSummary('x'.repeat(2001), people)).toMatchObject([{ field: 'text' }]);
  expect(readSummary('Priya spoke.', people)).toMatchObject([{ text: expect.stringContaining('“Priya”') }]);
  expect(readSummary(' We agreed. ', people)).toEqual({ text: 'We agreed.' });
});
