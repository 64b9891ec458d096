import type { Asker, IntentOf } from '../asker.ts';
import { planPrompt } from '../calendar/planning.ts';
import { writeAudit } from '../convening/audit.ts';
import { takesPart } from '../convening/taking-part.ts';
import type { Core } from '../core.ts';
import { type Problem, Refusal } from '../errors.ts';
import { beginMatching, endMatchingUnlessTakingPart, moveInMatching } from '../matching/pool/taking-part.ts';
import type { Message } from '../messages/message.ts';
import type { Reply } from '../messages/reply.ts';
import { readChoices } from '../network/choices.ts';
import { holdWithAgenda } from '../network/hold.ts';
import { keepOnly, mustBeTheirs } from '../network/linking.ts';
import { joined, refusals } from '../network/messages.ts';
import type { Member } from '../network/model.ts';
import { moveWithMember } from '../network/moving.ts';
import type { Transaction } from '../store/database.ts';
import { activate } from './activate.ts';
import { recordAgreements } from './consents.ts';
import { namedByMember } from './councils.ts';
import { interestOptionsFor, mustKnow, type Step, stepForm, zonesFor } from './details.ts';
import { beginPath } from './due.ts';
import * as say from './form-messages.ts';
import { isNew } from './newness.ts';
import { councilOutside, problems } from './problem-messages.ts';
import { type AboutWork, type Read, readAbout, readAgreements, readHours, readInterests } from './rules.ts';

type AnswersTo<Kind extends string> = Extract<IntentOf<'joining'>, { kind: Kind }>;

/** Shows one of the four forms: the next on the way in, or that of one thing to change. */
export async function openStep(core: Core, member: Member, step: Step): Promise<Reply> {
  return { kind: 'form', form: await stepForm(core, core.db, member, step) };
}

/** What they said where nothing was wrong. @throws Refusal with a problem for each answer that cannot be used */
function mustRead<Said>(read: Read<Said>): Said {
  if (read.kind === 'wrong') throw new Refusal(problems.some, read.problems);
  return read.said;
}

function wrong(field: string, text: string): Refusal {
  const found: readonly Problem[] = [{ field, text }];
  return new Refusal(problems.some, found);
}

/** Saves one form in one transaction, with the member held, and their account still theirs. */
async function saving(
  core: Core,
  { member, sender }: Asker,
  save: (tx: Transaction, current: Member) => Promise<Reply>,
): Promise<Reply> {
  return await core.db.transaction().execute(async (tx) => {
    if (!(await holdWithAgenda(tx, member.id))) throw new Refusal(refusals.notJoined);
    await mustBeTheirs(tx, member, sender);
    return await save(tx, await mustKnow(tx, member.id));
  });
}

/** For a member, that it is saved; for somebody on their way in, what is asked next. */
async function next(core: Core, tx: Transaction, memberId: string, step: Step, saved: Message): Promise<Reply> {
  const member = await mustKnow(tx, memberId);
  if (member.status === 'active') return { kind: 'message', message: saved };
  return { kind: 'form', form: await stepForm(core, tx, member, step) };
}

export async function saveAbout(core: Core, asker: Asker, answers: AnswersTo<'joining.about'>): Promise<Reply> {
  const { member } = asker;
  const said = mustRead(readAbout(answers));
  return await saving(core, asker, async (tx, current) => {
    await keepWork(core, tx, current, said);
    return await next(core, tx, member.id, 'interests', say.savedWork(await mustKnow(tx, member.id)));
  });
}

/** Another council than we had is for conveners to see: it decides whom somebody is matched with. */
async function keepWork(core: Core, tx: Transaction, member: Member, said: AboutWork): Promise<void> {
  const named = await namedByMember(tx, said.council);
  if ('problem' in named) throw wrong('council', named.problem);
  const { council } = named;
  const row = { council_id: council.id, role: said.role, level: said.level, newly_appointed: said.newlyAppointed };
  const wasNew = await isNew(tx, member.id, core.clock.now());
  await tx.updateTable('members').set(row).where('id', '=', member.id).execute();
  if (member.status === 'active' && said.newlyAppointed && !wasNew) await beginPath(tx, member.id, core.clock.now());
  if (council.id === member.councilId) return;
  const detail = { from: member.councilId, to: council.id };
  const audited = { by: 'member', actorId: member.id, action: 'member.council', subject: member.id, detail } as const;
  await writeAudit(tx, audited, core.clock.now());
  if (member.status !== 'active') return;
  // Another nation may have other bank holidays.
  await planPrompt(tx, member.id, core.clock.now());
  await moveInMatching(core, tx, member.id, member.councilId);
}

export async function saveInterests(core: Core, asker: Asker, answers: AnswersTo<'joining.interests'>): Promise<Reply> {
  const { member } = asker;
  return await saving(core, asker, async (tx, current) => {
    const options = interestOptionsFor(core, current);
    const said = mustRead(readInterests(answers.interests, options));
    await tx.deleteFrom('interests').where('member_id', '=', member.id).execute();
    const rows = said.map((interest) => ({ member_id: member.id, ...interest }));
    if (rows.length > 0) await tx.insertInto('interests').values(rows).execute();
    const names = options
      .filter(({ value }) => said.some(({ framework, theme }) => value === `${framework}/${theme}`))
      .map(({ label }) => label);
    return await next(core, tx, member.id, 'hours', say.savedInterests(names));
  });
}

/** A zone is kept as a choice only where it differs from what their platform or the roster says: else it follows them. */
export async function saveHours(core: Core, asker: Asker, answers: AnswersTo<'joining.hours'>): Promise<Reply> {
  const { member } = asker;
  return await saving(core, asker, async (tx) => {
    const before = await readChoices(tx, member.id);
    const zones = zonesFor(before).map(({ value }) => value);
    const { zone, from, until } = mustRead(readHours(answers, zones));
    const hours = { works_from: from, works_until: until };
    const chosen = zone === before.zone.standard ? '' : zone;
    const row = zone === before.zone.value ? hours : { ...hours, chosen_zone: chosen };
    await tx.updateTable('members').set(row).where('id', '=', member.id).execute();
    const saved = await mustKnow(tx, member.id);
    if (saved.status === 'active' && zone !== before.zone.value) {
      const now = core.clock.now();
      await moveWithMember(tx, saved.id, before.zone.value, zone, now);
      await planPrompt(tx, saved.id, now);
    }
    return await next(core, tx, member.id, 'agreements', say.savedHours({ zone, from, until }));
  });
}

/** The last step in: what they agree to holds from now on, and they are a member. */
export async function saveAgreements(
  core: Core,
  asker: Asker,
  answers: AnswersTo<'joining.agreements'>,
): Promise<Reply> {
  const { member, sender } = asker;
  const said = mustRead(readAgreements(answers));
  return await saving(core, asker, async (tx, before) => {
    if (before.status !== 'active' && !(await takesPart(tx, before.councilId))) {
      throw new Refusal(councilOutside(before.council));
    }
    await recordAgreements(tx, member.id, said, core.clock.now());
    if (before.status === 'active') {
      // A prompt of theirs comes now, or comes no longer; and so does a match.
      await planPrompt(tx, member.id, core.clock.now());
      if (said.matching && !before.agreesToMatching) await beginMatching(core, tx, member.id);
      await endMatchingUnlessTakingPart(core, tx, member.id);
      return { kind: 'message', message: say.savedAgreements(said) };
    }
    if (before.status === 'invited') await keepOnly(tx, core.clock.now(), member.id, sender);
    await activate(core, tx, member.id);
    return { kind: 'message', message: joined(said) };
  });
}
