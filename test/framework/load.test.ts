import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Permanent } from '../../src/errors.ts';
import { checkFrameworks, loadFrameworks } from '../../src/framework/load.ts';
import { good } from './small-framework.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frameworks-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** The mistakes in one file, each as "line reason". */
async function mistakes(source: string): Promise<readonly string[]> {
  await writeFile(join(folder, 'small.yaml'), source);
  const problems = await checkFrameworks(folder);
  expect(problems.every(({ path }) => path === join(folder, 'small.yaml'))).toBe(true);
  return problems.map(({ line, reason }) => `${line} ${reason}`);
}

describe('a framework file without mistakes', () => {
  it('is read as it stands, without opening questions if it has none', async () => {
    expect(await mistakes(good)).toEqual([]);
    const [framework] = await loadFrameworks(folder);
    expect(framework).toMatchObject({ id: 'small', version: 1, name: 'Small', credit: 'Nobody', stages: [] });
    expect(framework?.themes[0]).toMatchObject({ id: 'trust', openingQuestions: [] });
    expect(framework?.themes[0]?.prompts['any']).toHaveLength(5);
  });

  it('may end in .yml, and stands among other files in the order of its name', async () => {
    await writeFile(join(folder, 'b.yml'), good);
    await writeFile(
      join(folder, 'a.yaml'),
      good.replaceAll('trust', 'care').replaceAll('small', 'tiny').replaceAll('you', 'yourself'),
    );
    await writeFile(join(folder, 'README.md'), 'Not a framework.');
    expect((await loadFrameworks(folder)).map(({ id }) => id)).toEqual(['tiny', 'small']);
  });
});

describe('a mistake in a framework file', () => {
  it.each([
    [
      'a key we do not know',
      good.replace('    about:', '    abuot: "x"\n    about:'),
      '9 We do not know “abuot” here. Check its spelling, or take it out.',
    ],
    ['a key that is missing', good.replace('    about: "Being relied on."\n', ''), '7 “about” is missing or empty.'],
    ['a key with nothing after it', good.replace('"Small"', ''), '3 “name” is missing or empty.'],
    [
      'a version that is not a number',
      good.replace('version: 1', 'version: "one"'),
      '2 “version” must be a whole number, such as 2.',
    ],
    ['a number where text belongs', good.replace('"Nobody"', '7'), '4 This must be text, in double quotes.'],
    [
      'an id with a space',
      good.replace('id: small', 'id: very small'),
      '1 An id has small letters, digits and hyphens only, and starts with a letter.',
    ],
    [
      'a stage that no theme has',
      good.replace('stages: []', 'stages: [{ id: early, name: "Early" }]'),
      '10 Theme “trust” has no prompts under “early”.',
    ],
    [
      'prompts under an unknown stage',
      good.replace('      any:', '      late:'),
      '11 “late” is not a stage of this framework. Use “any”.',
    ],
    [
      'an id that does not start with its theme',
      good.replace('trust.2', 'care.2'),
      '14 The id of a prompt here starts with “trust.”.',
    ],
    [
      'an id used twice',
      good.replace('trust.2', 'trust.1'),
      /^14 The id “trust\.1” is used already, at .*small\.yaml:12\.$/,
    ],
    [
      'a question asked twice, in other punctuation',
      good.replace(
        'Which of your partners would you trust with bad news first?',
        'When did somebody last rely on you, without CHECKING?',
      ),
      /^17 This question is asked already, at .*small\.yaml:13\.$/,
    ],
    [
      'a question that is too short',
      good.replace('When did somebody last rely on you without checking?', 'What do you do?'),
      '13 This has 15 characters. Write at least 40.',
    ],
    [
      'a question that is too long',
      good.replace('last rely', `last ${'really. '.repeat(30)}rely`),
      '13 This has 292 characters. Write 240 or fewer.',
    ],
    [
      'two questions in one',
      good.replace('that is late. What', 'that is late? What'),
      '15 This has 2 question marks. Ask one question.',
    ],
    [
      'no question',
      good.replace('without checking?', 'without checking.'),
      '13 This has no question mark. Ask one question.',
    ],
    [
      'words after the question',
      good.replace('without checking?', 'without checking? Say.'),
      '13 The question must come last, so that the text ends with its question mark.',
    ],
    [
      'three sentences',
      good.replace('Think of a promise that is late.', 'Think of a promise. It is late.'),
      '15 This has 3 sentences. Write the question, with one sentence before it at most.',
    ],
    [
      'a long sentence',
      good.replace('did somebody', `did ${'some '.repeat(20)}body`),
      '13 One sentence has 29 words. Write 25 or fewer.',
    ],
    [
      'a question that is not to the reader',
      good.replace('you without', 'him without'),
      '13 This does not say “you” or “your”. Ask about the reader’s own practice.',
    ],
    ['a tab', good.replace('    name: "Trust"', '\tname: "Trust"'), '8 This line starts with a tab. Use spaces.'],
    [
      'text that its quotes do not close',
      good.replace('win back the trust of a person you let down?"', 'win'),
      /^\d+ Something is missing here/,
    ],
    [
      'a colon in text without quotes',
      good.replace('name: "Small"', 'name: Small: a start'),
      /^3 We cannot read this line/,
    ],
    [
      'a key used twice',
      good.replace('credit:', 'version: 2\ncredit:'),
      '4 This name is used twice in the same group. Keep one of them.',
    ],
    ['an empty file', '', '1 This file is empty.'],
  ])('is reported with its line and reason: %s', async (_, source, expected) => {
    expect(source).not.toBe(good);
    const found = await mistakes(source);
    expect(found).toContainEqual(typeof expected === 'string' ? expected : expect.stringMatching(expected));
  });

  it('is reported beside every other one, of shape and of wording alike', async () => {
    const source = good
      .replace('version: 1', 'version: 0')
      .replace('    about:', '    abuot: "x"\n    about:')
      .replace('without checking?', 'without checking.')
      .replace(/ {8}- id: trust\.5\n.*\n/, '');
    expect(await mistakes(source)).toEqual([
      '2 “version” starts at 1.',
      '9 We do not know “abuot” here. Check its spelling, or take it out.',
      '12 There are too few prompts here. Write at least 5.',
      '14 This has no question mark. Ask one question.',
    ]);
  });

  it('is reported in whichever file it stands, and against the other files', async () => {
    await writeFile(join(folder, 'a.yaml'), good);
    await writeFile(join(folder, 'b.yaml'), good);
    await writeFile(join(folder, 'c.yaml'), 'id: [');
    const problems = await checkFrameworks(folder);
    const inFile = (name: string) =>
      problems.filter(({ path }) => path === join(folder, name)).map(({ reason }) => reason);
    expect(inFile('a.yaml')).toEqual([]);
    expect(inFile('b.yaml')).toContain(`The framework id “small” is used already, at ${join(folder, 'a.yaml')}:1.`);
    expect(inFile('b.yaml')).toContain(`The theme id “trust” is used already, at ${join(folder, 'a.yaml')}:7.`);
    expect(inFile('c.yaml').length).toBeGreaterThan(0);
  });

  it('refuses too few opening questions', async () => {
    const source = `${good}    openingQuestions:\n      - "What brings us together in this conversation today?"\n`;
    expect(await mistakes(source)).toEqual(['22 There are too few opening questions here. Write at least 5.']);
  });

  it('refuses an opening question that is asked already', async () => {
    const lines = ['one', 'two', 'three', 'four', 'one'].map(
      (word) => `      - "What would bring ${word} of us back to this conversation?"\n`,
    );
    const source = `${good}    openingQuestions:\n${lines.join('')}`;
    expect(await mistakes(source)).toEqual([`27 This question is asked already, at ${join(folder, 'small.yaml')}:23.`]);
  });

  it('refuses what YAML itself only warns about', async () => {
    expect(await mistakes(good.replace('"Small"', '!big "Small"'))).toEqual([
      expect.stringMatching(/^3 We cannot read this line as YAML: /),
    ]);
  });

  it('refuses a stage called “any”', async () => {
    const source = good.replace('stages: []', 'stages: [{ id: any, name: "Any" }]');
    expect(await mistakes(source)).toEqual(['5 A stage cannot have the id “any”. Choose another.']);
  });

  it('stops the start with one error that lists them all', async () => {
    await writeFile(join(folder, 'small.yaml'), good.replace('version: 1', 'version: 0').replace('"Nobody"', '7'));
    const refusal = await loadFrameworks(folder).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Permanent);
    expect(refusal).toHaveProperty(
      'message',
      expect.stringContaining(`${join(folder, 'small.yaml')}:2 “version” starts at 1.`),
    );
    expect(refusal).toHaveProperty(
      'message',
      expect.stringContaining(`${join(folder, 'small.yaml')}:4 This must be text`),
    );
  });
});

describe('a folder without framework files', () => {
  it.each(['empty', 'absent'])('is reported when it is %s', async (state) => {
    const place = join(folder, 'inner');
    if (state === 'empty') await mkdir(place);
    expect(await checkFrameworks(place)).toEqual([
      { path: place, line: 1, reason: 'We found no framework files (*.yaml) in this folder.' },
    ]);
    await expect(loadFrameworks(place)).rejects.toBeInstanceOf(Permanent);
  });
});
