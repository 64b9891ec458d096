import { does, facts, type Message, type Page, paragraph } from '../messages/message.ts';
import { percentWords } from './certificate-words.ts';
import { qualityFigures } from './quality-words.ts';
import type { Rule, RuleCost } from './rule-costs.ts';
import { weightNames } from './weights-messages.ts';

const others: Readonly<Record<Exclude<Rule, keyof typeof weightNames>, string>> = {
  place: 'Near or far',
  'cool-down': 'Rounds before two meet again',
  'councils-apart': 'Councils that are kept apart',
  fixed: 'What conveners fixed',
};

const ruleNames: Readonly<Record<Rule, string>> = { ...weightNames, ...others };

/** Which figure of a round shows what a rule is for. */
const shows: ReadonlyMap<Rule, string> = new Map([
  ['themes', 'With a theme in common'],
  ['hours', 'Working hours in common'],
  ['level', 'At the same level'],
  ['wishes', 'Got what they asked for'],
  ['repeats', 'Matched before'],
  ['cool-down', 'Matched before'],
]);

/** What each rule costs all the others. */
export function costsPage(costs: readonly RuleCost[]): Page {
  const text =
    costs.length === 0
      ? 'No rule decides anything in the next round.'
      : 'We made the next round once more without each rule. This is what would be different.';
  return {
    heading: 'What each rule costs',
    body: [paragraph(text)],
    cards: [...costs.filter((cost) => !isFree(cost)).map(costCard), ...free(costs.filter(isFree)), onwards()],
  };
}

function costCard(cost: RuleCost): Message {
  const text = costWords(cost);
  const label = shows.get(cost.rule);
  const figure = qualityFigures(cost.withIt, cost.withoutIt).find((one) => one.label === label);
  const gain =
    figure === undefined ? [] : [facts([figure.label, figure.value], ['Without this rule', figure.beside] as const)];
  return { summary: text, heading: ruleNames[cost.rule], body: [...gain, paragraph(text)], buttons: [] };
}

/** Without it the round would be the same. */
function isFree({ moved, morePeople }: RuleCost): boolean {
  return moved === 0 && morePeople === 0;
}

function free(costs: readonly RuleCost[]): readonly Message[] {
  if (costs.length === 0) return [];
  const text = 'Without any one of these rules, the round would be the same.';
  const items = costs.map(({ rule }) => ruleNames[rule]);
  return [
    { summary: text, heading: 'These cost nothing', body: [paragraph(text), { kind: 'list', items }], buttons: [] },
  ];
}

function costWords({ moved, groups, morePeople, betterFit }: RuleCost): string {
  const otherGroups = moved === 1 ? 'group would be another' : 'groups would be others';
  const parts = [
    `Without it, ${moved} of ${groups} ${otherGroups}.`,
    ...(morePeople > 0
      ? [`${morePeople === 1 ? '1 more person' : `${morePeople} more people`} would have a match.`]
      : []),
    ...(morePeople < 0 ? ['Fewer people would have a match.'] : []),
    betterFit < 0.0001 ? 'All else would fit as well as now.' : `All else would fit ${percentWords(betterFit)} better.`,
  ];
  return parts.join(' ');
}

function onwards(): Message {
  const text = 'A rule that costs much and brings little can count for less.';
  return {
    summary: text,
    heading: 'Change what counts',
    body: [paragraph(text)],
    buttons: [
      does('What counts in a match', { kind: 'matching.open-weights', tried: '' }),
      does('How rounds are made', { kind: 'matching.open-rules' }),
      does('Back to the next round', { kind: 'matching.next' }),
    ],
  };
}
