import type { Outbounds } from '../../../src/delivery/route.ts';
import type { Member } from '../../../src/network/model.ts';
import { addMember, type NewMember, openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { endJoining } from '../../support/joining.ts';
import type { MemberClient } from '../../support/member-client.ts';
import { mustFind } from '../../support/people.ts';
import {
  type ActivityJson,
  activityOf,
  addToRoster,
  createTeamsPerson,
  type TeamsPerson,
} from '../../support/teams-activity.ts';
import { openTeamsMember } from '../../support/teams-member.ts';
import { openTeamsRig, type Received, type TeamsRig } from '../../support/teams-rig.ts';

/** The first Monday after a test begins, at the hour of the prompt. */
export const monday = new Date('2027-03-08T09:00:00Z');

/** Somebody who has joined by Teams, and been sent the welcome. */
export interface Joined {
  readonly person: TeamsPerson;
  readonly member: Member;
  readonly client: MemberClient;
}

/** A network whose only way out is Teams. */
export interface Stage extends TestCore {
  readonly rig: TeamsRig;
  readonly outbounds: Outbounds;
  join(given?: NewMember): Promise<Joined>;
  /** Sends an activity of this person, signed. */
  post(person: TeamsPerson, parts: ActivityJson): Promise<Received>;
  settle(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const test = await openTestCore();
  const rig = await openTeamsRig(test.core);
  const outbounds: Outbounds = new Map([['teams', rig.channel.outbound]]);
  const settle = () => settleAll(test.core, outbounds);
  return {
    ...test,
    rig,
    outbounds,
    settle,
    post: (person, parts) => rig.post(activityOf(person, rig.stub.serviceUrl, parts)),
    async join(given = {}) {
      const { id, email } = await addMember(test.core, given);
      const person = createTeamsPerson(email);
      addToRoster(rig.stub, person);
      const client = openTeamsMember(rig, person);
      await client.type('join');
      await endJoining(test.core, id);
      await settle();
      return { person, client, member: await mustFind(test.core, id) };
    },
    async close() {
      await rig.close();
      await test.close();
    },
  };
}
