import { type Sender, withChannels } from '../account.ts';
import { planPrompt } from '../calendar/planning.ts';
import { whyOutside } from '../convening/console.ts';
import type { Core } from '../core.ts';
import { Refusal } from '../errors.ts';
import type { Intent } from '../intents.ts';
import { experienceLabels } from '../matching/asking/experience-list.ts';
import { experiencesOfOne } from '../matching/asking/experience-rows.ts';
import { ownRoundAhead } from '../matching/asking/round-ahead.ts';
import { readOwnWay } from '../membership/own-way.ts';
import { accountName, ownAccounts, writtenTo } from '../membership/whereabouts.ts';
import type { Reply } from '../messages/reply.ts';
import { lastSaid } from './agreements-said.ts';
import { announcementRoom } from './announcements.ts';
import { type Choice, type Choices, readChoices } from './choices.ts';
import { follow, type Offer, offeredLanguages, offeredZones } from './following.ts';
import { holdWithAgenda } from './hold.ts';
import { refreshHomes } from './homes.ts';
import { refusals } from './messages.ts';
import type { Member } from './model.ts';
import { moveWithMember } from './moving.ts';
import { pausesNow } from './pause-rules.ts';
import { interestNames } from './profile.ts';
import { findMember } from './roster.ts';
import { cleanName, type Offered, readPreferences } from './rules.ts';
import * as say from './settings-messages.ts';

/** What we use for a member, whose word it is, and what they can do about it; to someone outside, only the way out. */
export async function showSettings(core: Core, member: Member, sender: Sender): Promise<Reply> {
  if (member.status !== 'active') return { kind: 'page', page: say.settingsOfOutsider() };
  const { worksFrom, worksUntil, preferred } = await readOwnWay(core.db, member.id);
  const account = writtenTo(await ownAccounts(core.db, member.id), preferred);
  const shown = {
    member,
    choices: await readChoices(core.db, member.id),
    worksFrom,
    worksUntil,
    said: await lastSaid(core.db, member.id),
    interests: await interestNames(core, member.id),
    experiences: experienceLabels(await experiencesOfOne(core.db, member.id)),
    pauses: pausesNow(member, core.clock.now()),
    nextRound: await ownRoundAhead(core.db, member.id),
    writtenTo: account === undefined ? '' : accountName(account),
    announcements: await announcementsFor(core, member, sender),
  };
  const outside = await whyOutside(core.db, member);
  const page = say.settings(shown);
  return { kind: 'page', page: outside === undefined ? page : { ...page, cards: [outside, ...page.cards] } };
}

/** Whether a channel is chosen where the convener asks from; `undefined` for everyone else, and where there are no channels. */
async function announcementsFor(
  core: Core,
  member: Member,
  { account }: Sender,
): Promise<'chosen' | 'not-chosen' | undefined> {
  if (member.permission !== 'convener' || !withChannels.has(account.platform)) return undefined;
  return (await announcementRoom(core.db, account)) === undefined ? 'not-chosen' : 'chosen';
}

export async function openPreferences(core: Core, member: Member): Promise<Reply> {
  return { kind: 'form', form: say.preferencesForm(member, await readChoices(core.db, member.id)) };
}

/**
 * Keeps what the member chose above what their platform and the network's list say, also where it is the same. What
 * they do not choose follows those when they change.
 *
 * @throws Refusal with a problem for each answer that needs changing
 */
export async function savePreferences(
  core: Core,
  member: Member,
  answers: Extract<Intent, { kind: 'network.preferences' }>,
): Promise<Reply> {
  const now = core.clock.now();
  return await core.db.transaction().execute(async (tx) => {
    // Of two answers at once, the later one is compared with what the first one left.
    if (!(await holdWithAgenda(tx, member.id))) throw new Refusal(refusals.notJoined);
    const before = await readChoices(tx, member.id);
    const given = readPreferences(answers, offeredTo(before));
    if (!('zone' in given)) throw new Refusal(say.problems.some, given);
    const row = {
      chosen_name: ownName(given.name, before.name),
      chosen_zone: unlessFollowed(given.zone),
      chosen_locale: unlessFollowed(given.locale),
    };
    await tx.updateTable('members').set(row).where('id', '=', member.id).execute();
    const saved = (await findMember(tx, member.id)) ?? member;
    await refreshHomes(tx, now, member.id);
    const hasMoved = saved.zone !== before.zone.value;
    if (hasMoved) await moveWithMember(tx, member.id, before.zone.value, saved.zone, now);
    const next = hasMoved ? await planPrompt(tx, saved.id, now) : undefined;
    return { kind: 'message', message: say.saved(saved, next, now) };
  });
}

function offeredTo(choices: Choices): Offered {
  const valuesOf = ({ options }: Offer) => options.map(({ value }) => value);
  return { zones: valuesOf(offeredZones(choices)), locales: valuesOf(offeredLanguages(choices)) };
}

function unlessFollowed(answer: string): string {
  return answer === follow ? '' : answer;
}

/** The form shows the name that holds, whosever word it is: one that comes back as it was is nobody's new choice. */
function ownName(answer: string, { value, source }: Choice): string {
  return source !== 'member' && answer === cleanName(value) ? '' : answer;
}
