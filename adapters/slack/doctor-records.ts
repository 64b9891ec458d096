import { type Finding, finding, removedSpaces, waitingIn } from '../../src/commands/doctor.ts';
import type { SlackConfig } from '../../src/config.ts';
import type { Core } from '../../src/core.ts';
import { listInstallations } from '../../src/store/installations.ts';
import { announcementRooms } from '../../src/store/rooms.ts';

/** What the database knows of Slack: channels for announcements, messages that wait, and workspaces that left. */
export async function examineRecords(core: Core, { access }: SlackConfig): Promise<readonly Finding[]> {
  const [rooms, installed, waiting, removed] = await Promise.all([
    announcementRooms(core.db),
    access.kind === 'oauth' ? listInstallations(core.db, 'slack') : [],
    waitingIn(core, 'slack'),
    access.kind === 'oauth' ? removedSpaces(core, 'slack') : [],
  ]);
  const names = new Map([...installed, ...removed].map(({ space, name }) => [space, `${name} (${space})`]));
  const nameOf = (space: string) => names.get(space) ?? space;
  const chosen = rooms.filter(({ platform }) => platform === 'slack');
  const others = installed.filter(({ space }) => chosen.every((room) => room.space !== space));
  return [
    ...chosen.map(({ space, room }) => finding('Announcements', `${nameOf(space)}: in channel ${room}`)),
    ...examineOthers(
      chosen.length,
      others.map(({ space }) => nameOf(space)),
    ),
    ...waiting.map(({ space, reason, count }) => describeWaiting(nameOf(space), reason, count)),
    ...removed.map(({ space, on }) =>
      finding('Slack workspace', `${nameOf(space)}: took the app out on ${on}; its people are reached in other ways`),
    ),
  ];
}

function examineOthers(chosen: number, others: readonly string[]): readonly Finding[] {
  if (chosen > 0 && others.length === 0) return [];
  const where = chosen === 0 ? '' : ` in ${others.join(', ')}`;
  return [finding('Announcements', `no channel chosen yet${where}; a convener can choose one`)];
}

/** The reason says after its code what can be done about it; where nothing can, the messages go by themselves. */
function describeWaiting(name: string, reason: string, count: number): Finding {
  const [what = '', ...mend] = reason.replace(/^Slack: /, '').split('. ');
  const found = `${name}: ${count} waiting (${what})`;
  return mend.length === 0
    ? finding('Slack messages', `${found}; they go by themselves`)
    : finding('Slack messages', found, `${mend.join('. ')} Then they go by themselves.`);
}
