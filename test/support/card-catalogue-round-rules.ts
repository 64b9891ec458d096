import { qualityFigures } from '../../src/matching/figures/quality-words.ts';
import * as locks from '../../src/matching/locks/messages.ts';
import type { Nameable } from '../../src/matching/people/lock-rules.ts';
import * as rules from '../../src/matching/round-rules/messages.ts';
import * as weights from '../../src/matching/weights/messages.ts';
import { redraw } from '../../src/messages/form.ts';
import { type Chapter, forms, messages, pages } from './card-catalogue-chapter.ts';
import { goodQuality, poorQuality } from './card-catalogue-rounds.ts';
import type { Contents } from './card-contents.ts';

const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
const many = <T>(count: number, one: T): readonly T[] => Array.from({ length: count }, () => one);
const figures = qualityFigures(goodQuality, poorQuality);

const ofLocks: Chapter = {
  parts: ['severalProblem', 'noPartProblem', 'contradictionProblem', 'savedWords'],
  examples: ({ name, otherName, council, email }: Contents) => {
    const person: Nameable = { id, name, email, council, councilId: id };
    const two = [person, { ...person, name: otherName }] as const;
    const form = locks.lockForm();
    const wrong = (text: string) => redraw(form, { how: 'together', first: name }, [{ field: 'first', text }]);
    const found = [
      { kind: 'same-person', person },
      { kind: 'too-few' },
      { kind: 'one-council', people: two },
      { kind: 'councils-apart', people: two },
      { kind: 'fixed', person },
      { kind: 'other-way', people: two },
    ] as const;
    const lock = { id, kind: 'together', people: [name, otherName] } as const;
    return {
      lockForm: forms(
        form,
        wrong(locks.noPartProblem(person)),
        wrong(locks.severalProblem(many(4, person))),
        ...found.map((one) => wrong(locks.contradictionProblem(one, 'together'))),
        wrong(locks.contradictionProblem({ kind: 'other-way', people: two }, 'apart')),
      ),
      locked: messages(locks.locked('together', [name, otherName]), locks.locked('apart', [name, otherName])),
      unlocked: messages(locks.unlocked()),
      locksPage: pages(
        locks.locksPage([], 0),
        locks.locksPage([lock, { ...lock, kind: 'apart' }], 2),
        locks.locksPage(many(locks.locksShown, lock), 30),
      ),
    };
  },
};

const ofWeights: Chapter = {
  parts: [],
  examples: () => {
    const before = { themes: 5, stages: 5, hours: 5, level: 5, cohort: 5, wishes: 5, repeats: 5 };
    const after = { ...before, themes: 0, repeats: 10 };
    const effect = { before, after, groups: 40, moved: 12, figures, hasGroups: false };
    return {
      weightsForm: forms(
        weights.weightsForm(before, false),
        weights.weightsForm(after, true),
        redraw(weights.weightsForm(before, false), { themes: '11' }, [
          { field: 'themes', text: weights.problems.weight },
        ]),
      ),
      effectPage: pages(
        weights.effectPage(effect),
        weights.effectPage({ ...effect, moved: 1, before: { ...before, level: 3 }, hasGroups: true }),
        weights.effectPage({ ...effect, figures: figures.slice(0, 1) }),
        weights.effectPage({ ...effect, moved: 0 }),
        weights.effectPage({ ...effect, moved: 40 }),
        weights.effectPage({ ...effect, groups: 1, moved: 1 }),
        weights.effectPage({ ...effect, groups: 0, moved: 0 }),
        weights.effectPage({ ...effect, after: before }),
      ),
      weightsSaved: messages(weights.weightsSaved(after)),
    };
  },
};

const ofRules: Chapter = {
  parts: [],
  examples: () => {
    const plain = { groupSize: 2, byHand: false, coolDownRounds: 4, place: 0 } as const;
    const rhythm = { zone: 'Europe/London', weekday: 2, hour: 10, weeks: 2 };
    const form = rules.rulesForm(plain, rhythm);
    const { problems } = rules;
    return {
      rulesForm: forms(
        form,
        rules.rulesForm({ groupSize: 4, byHand: true, coolDownRounds: 0, place: -7 }, { ...rhythm, weeks: 12 }),
        redraw(form, { coolDownRounds: '99' }, [{ field: 'coolDownRounds', text: problems.rounds }]),
      ),
      rulesSaved: messages(
        rules.rulesSaved(plain, { ...rhythm, weeks: 1 }),
        rules.rulesSaved({ groupSize: 3, byHand: true, coolDownRounds: 0, place: 3 }, rhythm),
        rules.rulesSaved({ groupSize: 4, byHand: true, coolDownRounds: 1, place: -10 }, rhythm),
      ),
    };
  },
};

export const roundRuleChapters: Readonly<Record<string, Chapter>> = {
  'matching/locks/messages.ts': ofLocks,
  'matching/round-rules/messages.ts': ofRules,
  'matching/weights/messages.ts': ofWeights,
};
