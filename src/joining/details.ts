import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Form, Option } from '../messages/form.ts';
import { type Choices, readChoices } from '../network/choices.ts';
import { refusals } from '../network/messages.ts';
import type { Member } from '../network/model.ts';
import { findMember, readSettings } from '../network/roster.ts';
import { zoneLabel, zoneOptions } from '../network/zones.ts';
import { frameworksFor } from '../reflections/rules.ts';
import type { Reader } from '../store/database.ts';
import { agreementsOf } from './consents.ts';
import * as say from './form-messages.ts';
import { isNew } from './newness.ts';
import { interestOptions } from './rules.ts';

/*
 * The four short forms, each with what we know already: whoever stopped half way goes on where they were.
 */

export type Step = 'about' | 'interests' | 'hours' | 'agreements';

export async function stepForm(core: Core, db: Reader, member: Member, step: Step): Promise<Form> {
  const isMember = member.status === 'active';
  switch (step) {
    case 'about': {
      const said = await readDetails(db, member.id);
      const newlyAppointed = isMember ? await isNew(db, member.id, core.clock.now()) : said.newlyAppointed;
      return say.aboutForm({ member, newlyAppointed, isMember });
    }
    case 'interests': {
      const options = interestOptionsFor(core, member);
      return say.interestsForm({ options, chosen: await readChosen(db, member.id, options), isMember });
    }
    case 'hours': {
      const { zone } = await readChoices(db, member.id);
      const { from, until } = await readDetails(db, member.id);
      return say.hoursForm({ zone: zone.value, zones: zonesFor({ zone }), from, until, isMember });
    }
    case 'agreements': {
      // Nothing is chosen beforehand for somebody who joins, nor for somebody who comes back.
      const said = isMember ? agreementsOf(member) : undefined;
      return say.agreementsForm({ said, settings: await readSettings(db), rhythm: member.promptRhythm, isMember });
    }
  }
}

/** What is asked on the way in and stands nowhere else. */
async function readDetails(db: Reader, memberId: string) {
  return await db
    .selectFrom('members')
    .select(['newly_appointed as newlyAppointed', 'works_from as from', 'works_until as until'])
    .where('id', '=', memberId)
    .executeTakeFirstOrThrow();
}

/** The themes of the frameworks that somebody of this level is asked about. */
export function interestOptionsFor(core: Core, { level }: Pick<Member, 'level'>): readonly Option[] {
  return interestOptions(frameworksFor(level, core.frameworks));
}

async function readChosen(db: Reader, memberId: string, options: readonly Option[]): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('interests')
    .select(['framework', 'theme'])
    .where('member_id', '=', memberId)
    .execute();
  const chosen = new Set(rows.map(({ framework, theme }) => `${framework}/${theme}`));
  return options.map(({ value }) => value).filter((value) => chosen.has(value));
}

/** What holds now, what would hold without a choice, and what a form offers to everybody. */
export function zonesFor({ zone }: Pick<Choices, 'zone'>): readonly Option[] {
  const options = zoneOptions(zone.value);
  const isThere = options.some(({ value }) => value === zone.standard);
  return isThere ? options : [...options, { value: zone.standard, label: zoneLabel(zone.standard) }];
}

/** @throws Refusal for somebody who was erased meanwhile */
export async function mustKnow(db: Reader, memberId: string): Promise<Member> {
  const member = await findMember(db, memberId);
  if (member === undefined) throw new Refusal(refusals.notJoined);
  return member;
}
