import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callbacks } from '../../../adapters/slack/callbacks.ts';
import { themeOptions } from '../../../src/conversations/themes.ts';
import { problems as pauseProblems } from '../../../src/network/pause-messages.ts';
import { findMember } from '../../../src/network/roster.ts';
import { slackTeam } from '../../support/slack-emulator.ts';
import { formRequest, interaction } from '../../support/slack-requests.ts';
import { openSlackScene, type SlackScene } from '../../support/slack-scene.ts';

let scene: SlackScene;

beforeAll(async () => {
  scene = await openSlackScene();
});

afterAll(async () => {
  await scene.close();
});

describe('a reflection', () => {
  const secret = 'I was afraid of the budget meeting, and I told nobody.';

  it('is written in a window, and stands nowhere but in our database, sealed', async () => {
    const { member, client } = await scene.prompted();
    expect((await client.messages()).at(-1)).toContain('Your prompt for this week');
    await client.type('reflect');
    expect(await client.dialog()).toContain('Your reflection');
    await client.submit({ text: secret });
    expect(await client.dialog()).toContain('We have saved your reflection. Only you can read it.');

    const rows = await scene.core.db
      .selectFrom('reflections')
      .select('answer')
      .where('member_id', '=', member.id)
      .execute();
    expect(rows).toHaveLength(1);
    expect(rows[0]?.answer.includes(Buffer.from('budget meeting'))).toBe(false);
    const everything = [scene.emulator.dump(), scene.takeLog(), ...(await client.messages())].join('\n');
    expect(everything).not.toContain('budget meeting');
    expect(everything).toContain('We have saved your reflection');
  });

  it('can be opened from the card, read in the journal and changed', async () => {
    const { client } = await scene.prompted();
    await client.press('Write your answer');
    await client.submit({ text: secret });
    await client.press('Read your journal');
    expect(await client.dialog()).toContain(`“${secret}”`);
    await client.press('Change your answer');
    expect(await client.dialog()).toContain(secret);
    await client.submit({ text: 'Another thought.' });
    await client.type('journal');
    expect(await client.dialog()).toContain('“Another thought.”');
    expect(await client.dialog()).not.toContain('budget meeting');
  });

  it('is refused in the window for someone who is not a member any more', async () => {
    const { member, client } = await scene.prompted();
    await client.type('reflect');
    await scene.core.db.deleteFrom('accounts').where('member_id', '=', member.id).execute();
    await client.submit({ text: secret });
    expect(await client.dialog()).toContain('You have not joined the network yet.');
  });

  it('keeps what was written when our side fails', async () => {
    const { client } = await scene.prompted();
    await client.type('reflect');
    const { db } = scene.core;
    await db.schema.alterTable('reflections').renameTo('reflections_away').execute();
    await client.submit({ text: secret });
    await db.schema.alterTable('reflections_away').renameTo('reflections').execute();
    expect(await client.dialog()).toContain('Something went wrong on our side. Nothing you sent was shared.');
    expect(await client.dialog()).toContain('Save');
    const logged = scene.takeLog();
    expect(logged).toContain('A Slack form failed');
    expect(logged).not.toContain('budget meeting');
    await client.submit({ text: secret });
    expect(await client.dialog()).toContain('We have saved your reflection.');
  });
});

/** What a host answers first. */
function draftOf(title: string) {
  return { theme: themeOptions(scene.core.frameworks)[0]?.value ?? '', title, about: 'What we cut.' };
}

describe('a form', () => {
  it('stays open with each problem beside its question', async () => {
    const { client } = await scene.joined({ permission: 'host' });
    await client.type('host');
    await client.submit(draftOf('Budgets'));
    const plan = { time: '10:00', link: 'https://meet.example/a' };
    await client.submit({ ...plan, date: '2020-01-01' });
    expect(await client.dialog()).toContain('Choose a date and time in the future.');
    await client.submit({ ...plan, date: '2030-01-08' });
    expect(await client.dialog()).toContain('You are hosting this conversation.');
  });

  it('sent twice at once, and once more, is used once', async () => {
    const { client } = await scene.joined({ permission: 'host' });
    await client.type('host');
    const post = vi.spyOn(globalThis, 'fetch');
    await client.submitTwice(draftOf('Only one'));
    const [url, sent] = post.mock.calls[0] ?? [];
    post.mockRestore();
    const again = await fetch(url ?? '', sent);
    expect(await again.text()).toContain('When and where');
    const drafted = scene.core.db.selectFrom('proposals').select('id').where('title', '=', 'Only one');
    expect(await drafted.execute()).toHaveLength(1);
    const kept = await scene.core.db.selectFrom('received_events').select('event_id').execute();
    expect(JSON.stringify(kept)).not.toContain('Only one');
  });

  /** The request that this person's client sends now, with some of its words exchanged. */
  async function sentBy(act: () => Promise<void>) {
    const fetching = vi.spyOn(globalThis, 'fetch');
    await act();
    const [url, sent] = fetching.mock.calls[0] ?? [];
    fetching.mockRestore();
    return async (from: string, to: string) => {
      const payload = new URLSearchParams(String(sent?.body)).get('payload') ?? '';
      expect(payload).toContain(from);
      expect(url).toContain(scene.url);
      const response = await scene.post(formRequest({ payload: payload.replaceAll(from, to) }));
      return await response.text();
    };
  }

  it('that makes something new makes it once, also when its words were changed before it was sent again', async () => {
    const { client } = await scene.joined();
    await client.shortcut(callbacks.suggestTopic);
    const again = await sentBy(async () => await client.submit({ title: 'First words', about: 'Why.' }));
    const answer = await again('First words', 'Second words');
    expect(answer).toContain('We have already saved this, as you first sent it.');
    expect(answer).toContain('Open it again if you want to change something.');
    const topics = scene.core.db.selectFrom('topics').select('title').where('title', 'like', '% words');
    expect(await topics.execute()).toEqual([{ title: 'First words' }]);
  });

  it('that saves over what was there is saved again when its answers were changed', async () => {
    const { member, client } = await scene.prompted();
    await client.type('pause');
    const again = await sentBy(async () => await client.submit({ until: '2027-09-16' }));
    const until = async () => (await findMember(scene.core.db, member.id))?.promptsPausedUntil;
    const first = await until();
    expect(await again('2027-09-16', '2027-09-30')).toContain('paused');
    expect(await until()).not.toEqual(first);
  });

  it('whose work was done is answered so, also where we cannot note that it was', async () => {
    const { client } = await scene.joined();
    const { db } = scene.core;
    await sql`create function refuse() returns trigger language plpgsql as $$ begin raise 'no'; end $$`.execute(db);
    await sql`create trigger refuse before update or delete on received_events for each row execute function refuse()`.execute(
      db,
    );
    await client.type('pause');
    await client.submit({ until: '2027-09-16' });
    await sql`drop function refuse cascade`.execute(db);
    expect(await client.dialog()).toContain('paused');
    const logged = scene.takeLog();
    expect(logged).toContain('What came of a request from Slack could not be noted');
    expect(logged).not.toContain('A Slack form failed');
  });

  it('that was refused may be sent again', async () => {
    const { member, client } = await scene.prompted();
    await client.type('pause');
    const change = async (status: 'left' | 'active') =>
      await scene.core.db.updateTable('members').set({ status }).where('id', '=', member.id).execute();
    await change('left');
    const view = scene.emulator.modalsOf(client.user).at(-1);
    const values = {
      until: { until: { selected_date: '2027-05-04' } },
      programmes: { programmes: { selected_options: [{ value: 'prompts' }] } },
    };
    const about = { team: { id: slackTeam }, user: { id: client.user } };
    const sent = { type: 'view_submission', ...about, view: { ...view, id: view?.view_id, state: { values } } };
    expect(await (await scene.post(interaction(sent))).text()).toContain('You have not joined the network yet.');
    await change('active');
    expect(await (await scene.post(interaction(sent))).text()).toContain('paused');
    expect(await (await scene.post(interaction(sent))).text()).toContain('We already have this.');
  });

  it.each([
    ['carries no draft', ''],
    ['carries something that is no intent', '{"kind":"network.destroy"}'],
    ['carries no JSON', '{'],
  ])('that %s is answered politely', async (_, private_metadata) => {
    const view = {
      id: 'V1',
      private_metadata,
      callback_id: 'form',
      state: { values: { text: { text: { type: 'plain_text_input', value: 'x' } } } },
    };
    const sent = { type: 'view_submission', team: { id: slackTeam }, user: { id: 'UANYBODY' }, view };
    const response = await scene.post(interaction(sent));
    expect(await response.json()).toEqual({
      response_action: 'errors',
      errors: { text: expect.stringContaining('out of date') },
    });
  });

  it('whose question came back empty is answered by the core, beside the question', async () => {
    const { client } = await scene.prompted();
    const completes = { kind: 'network.pause' };
    const view = {
      id: 'V1',
      callback_id: 'form',
      private_metadata: JSON.stringify(completes),
      state: {
        values: { until: { until: { selected_date: null } }, programmes: { programmes: { selected_options: [] } } },
      },
    };
    const sent = { type: 'view_submission', team: { id: slackTeam }, user: { id: client.user }, view };
    const response = await scene.post(interaction(sent));
    const errors = { programmes: pauseProblems.programmes, until: pauseProblems.until };
    expect(await response.json()).toEqual({ response_action: 'errors', errors });
  });

  it('of a shape we do not know is answered politely, too', async () => {
    const sent = {
      type: 'view_submission',
      team: { id: slackTeam },
      user: { id: 'UANYBODY' },
      view: { id: 'V1', callback_id: 'x' },
    };
    const response = await scene.post(interaction(sent));
    expect(await response.json()).toMatchObject({ response_action: 'update', view: { type: 'modal' } });
  });
});
