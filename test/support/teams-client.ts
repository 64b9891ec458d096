import type { RequestHandler } from 'express';
import type { Outbound } from '../../src/delivery/model.ts';
import type { TestCore } from './core.ts';
import type { MemberClient } from './member-client.ts';
import { addToRoster, createTeamsPerson } from './teams-activity.ts';
import { openTeamsMember } from './teams-member.ts';
import { openSignedIn, openTeamsRig, type TeamsRig } from './teams-rig.ts';
import { nobodyListens } from './witness.ts';

export interface TeamsStage {
  readonly rig: TeamsRig;
  readonly outbound: Outbound;
  /** A person whom the tenant's roster knows by this e-mail address, in their own chat with the bot. */
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

/** Teams as members see it: the real adapter, signed requests, and a stand-in of the Bot Connector, all over HTTP. */
export async function openTeamsStage(
  { core }: Pick<TestCore, 'core'>,
  before: RequestHandler = nobodyListens,
): Promise<TeamsStage> {
  const rig = await openTeamsRig(core, openSignedIn, before);
  return {
    rig,
    outbound: rig.channel.outbound,
    async member(email) {
      const person = createTeamsPerson(email);
      addToRoster(rig.stub, person);
      return openTeamsMember(rig, person);
    },
    close: () => rig.close(),
  };
}
