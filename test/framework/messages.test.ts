import { describe, expect, it } from 'vitest';
import { why } from '../../src/framework/messages.ts';

const turn = {
  themeName: 'Good governance',
  stageName: 'Acquiring knowledge',
  answers: 0,
  asked: true,
  interested: false,
  came: false,
  newStage: false,
  again: false,
};

describe('why a member is asked a question', () => {
  it.each([
    ['a theme not asked about', { ...turn, asked: false }, 'We have not asked you about good governance yet.'],
    [
      'a theme of interest not asked about',
      { ...turn, asked: false, interested: true },
      'We have not asked you about good governance yet, and you said it interests you.',
    ],
    [
      'a theme asked about and not written about',
      turn,
      'We ask about each theme in turn, and you have not written about good governance yet.',
    ],
    [
      'the turn of a theme',
      { ...turn, answers: 1 },
      'We ask about each theme in turn, and good governance has waited longest.',
    ],
    [
      'the turn of a theme of interest',
      { ...turn, answers: 1, interested: true },
      'You said that good governance interests you, so its turn comes round sooner.',
    ],
    [
      'a new stage',
      { ...turn, answers: 2, newStage: true, stageName: 'Gaining experience' },
      'You have written about good governance twice, so this question is about gaining experience.',
    ],
    [
      'a later stage',
      { ...turn, answers: 4, newStage: true, stageName: 'Sharpening judgement' },
      'You have written about good governance 4 times, so this question is about sharpening judgement.',
    ],
    [
      'a question that comes round again',
      { ...turn, answers: 9, again: true },
      'We have asked you this before, and your answer may be different now.',
    ],
    [
      'the theme of a conversation they came to',
      { ...turn, answers: 9, interested: true, again: true, came: true },
      'You came to a conversation on good governance, so its turn comes round sooner.',
    ],
  ])('is told for %s', (_, reasons, sentence) => {
    expect(why(reasons)).toBe(sentence);
  });

  it('keeps the capitals of an abbreviation', () => {
    const words = why({ ...turn, asked: false, themeName: 'EDI in practice' });
    expect(words).toBe('We have not asked you about EDI in practice yet.');
  });
});
