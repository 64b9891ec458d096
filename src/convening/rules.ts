import type { IntentOf } from '../asker.ts';
import type { Problem } from '../errors.ts';
import { findByName, haveWords, isSameName, searchWords } from '../network/comparing.ts';
import { readDomains } from '../network/roster-row.ts';
import { cleanName } from '../network/rules.ts';
import { nations } from '../time/bank-holidays.ts';
import { problems } from './council-problems.ts';
import { CouncilConsent, CouncilRelation, RelationRule, type ShownCouncil } from './model.ts';
import { isPublicMail } from './roster/public-mail.ts';

/**
 * Whether the people of a council take part in the network: not once it has withdrawn, and not before it has agreed
 * where the network asks every council to.
 */
export function councilMayTakePart(consent: CouncilConsent, councilsMustAgree: boolean): boolean {
  if (consent === 'withdrawn') return false;
  return consent === 'given' || !councilsMustAgree;
}

/** The longest name, type or region of a council, in characters; a roster row takes as much. */
export const textLength = 200;
export const domainsLength = 2000;

/** What a convener says of a council. */
export type CouncilSaid = Pick<ShownCouncil, 'name' | 'type' | 'nation' | 'region' | 'domains' | 'consent'>;

/** Reads the form of one council: all of it good, or a problem for each answer that is not. */
export function readCouncilForm(
  answers: Extract<IntentOf<'convening'>, { kind: 'convening.council' }>,
  council: ShownCouncil,
  all: readonly ShownCouncil[],
): CouncilSaid | readonly Problem[] {
  const others = all.filter(({ id }) => id !== council.id);
  const { domains, wrong } = readDomains(answers.domains);
  const consent = CouncilConsent.safeParse(answers.consent);
  const [name, type, region] = [answers.name, answers.type, answers.region].map(cleanName);
  if (name === undefined || type === undefined || region === undefined) return [];
  // What a roster said before is kept, though the form would not offer it to another council.
  const isNation = ['', council.nation, ...nations].includes(answers.nation);
  const found: readonly Problem[] = [
    { field: 'name', text: nameProblem(name, others) },
    { field: 'type', text: type.length > textLength ? problems.tooLong : '' },
    { field: 'region', text: region.length > textLength ? problems.tooLong : '' },
    { field: 'nation', text: isNation ? '' : problems.nation },
    { field: 'domains', text: wrong[0] === undefined ? domainProblem(domains, others) : problems.domain(wrong[0]) },
    { field: 'consent', text: consent.success ? '' : problems.consent },
  ].filter(({ text }) => text !== '');
  if (found.length > 0 || !consent.success) return found;
  return { name, type, region, nation: answers.nation, domains, consent: consent.data };
}

function nameProblem(name: string, others: readonly ShownCouncil[]): string {
  if (name === '') return problems.noName;
  if (name.length > textLength) return problems.tooLong;
  const taken = findByName(name, others);
  return taken === undefined ? '' : problems.nameTaken(taken.name);
}

function domainProblem(domains: readonly string[], others: readonly ShownCouncil[]): string {
  const open = domains.find(isPublicMail);
  if (open !== undefined) return problems.publicMail(open);
  for (const other of others) {
    const taken = domains.find((domain) => other.domains.includes(domain));
    if (taken !== undefined) return problems.domainTaken(taken, other.name);
  }
  return '';
}

/** What a convener says two councils have between them. */
export interface RelationSaid {
  readonly other: ShownCouncil;
  readonly relation: CouncilRelation;
  readonly rule: RelationRule;
}

/** Reads the form of a relation. The other council is typed: there may be more of them than a list can hold. */
export function readRelationForm(
  answers: Extract<IntentOf<'convening'>, { kind: 'convening.relation' }>,
  all: readonly ShownCouncil[],
): RelationSaid | readonly Problem[] {
  const relation = CouncilRelation.safeParse(answers.relation);
  const rule = RelationRule.safeParse(answers.rule);
  const found = named(all, answers.other);
  const [other] = found;
  const wrong: readonly Problem[] = [
    { field: 'other', text: otherProblem(found, answers.council) },
    { field: 'relation', text: relation.success ? '' : problems.relation },
    { field: 'rule', text: rule.success ? '' : problems.rule },
  ].filter(({ text }) => text !== '');
  if (wrong.length > 0 || other === undefined || !relation.success || !rule.success) return wrong;
  return { other, relation: relation.data, rule: rule.data };
}

/** The council of that name, else those whose names have every word of it. */
function named(all: readonly ShownCouncil[], typed: string): readonly ShownCouncil[] {
  const exact = all.filter((council) => isSameName(council.name, typed));
  return exact.length > 0 ? exact : councilsWith(all, typed);
}

function otherProblem(found: readonly ShownCouncil[], own: string): string {
  const [only, ...more] = found;
  if (only === undefined) return problems.noSuchCouncil;
  if (more.length > 0) return problems.whichCouncil(found.slice(0, 3).map(({ name }) => name));
  return only.id === own ? problems.itself : '';
}

/** Those whose names have every word that was typed; none for no word. */
export function councilsWith(all: readonly ShownCouncil[], typed: string): readonly ShownCouncil[] {
  const words = searchWords(typed);
  if (words.length === 0) return [];
  return all.filter(({ name }) => haveWords([name], words));
}
