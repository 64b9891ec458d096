import { addDays } from 'date-fns/addDays';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { linkButtons, linkFooter, whenLinksEnd } from '../../../adapters/email/inbound.ts';
import type { Intent } from '../../../src/intents.ts';
import { type Button, does } from '../../../src/messages/message.ts';
import { requestSignIn } from '../../../src/network/service.ts';
import { type Link, readLink } from '../../../src/store/links.ts';
import { addMember, startOfTest } from '../../support/core.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
const linksEnd = addDays(startOfTest, 30);

beforeEach(async () => {
  stage = await openStage();
});

afterEach(async () => {
  await stage.close();
});

function open(url: string | undefined, now = startOfTest): Link | undefined {
  return readLink(stage.core.cipher, url?.replace('http://localhost:3000/act/', '') ?? '', now);
}

test('each button becomes a link to the same intent, in the same words, as the member it went to', async () => {
  const member = await addMember(stage.core);
  const intents: readonly Intent[] = [{ kind: 'network.home' }, { kind: 'reflections.open', prompt: 'latest' }];
  const recipient = { deliveryId: 'd1', member, linksEnd };
  const buttons = linkButtons(
    stage.core,
    recipient,
    intents.map((intent) => does('Go', intent, 'main')),
  );
  const expires = linksEnd.getTime();
  expect(buttons.map(({ url }) => open(url))).toEqual(
    intents.map((intent, index) => ({ id: `d1.${index}`, memberId: member.id, intent, label: 'Go', expires })),
  );
});

test('a link ends after 30 days', async () => {
  const member = await addMember(stage.core);
  expect(await whenLinksEnd(stage.core, member)).toEqual(linksEnd);
  const [button] = linkButtons(stage.core, { deliveryId: 'd1', member, linksEnd }, [
    does('Go', { kind: 'network.home' }),
  ]);
  expect(open(button?.url, addDays(startOfTest, 29))).toBeDefined();
  expect(open(button?.url, addDays(startOfTest, 30))).toBeUndefined();
});

test('a button that opens an address keeps it', async () => {
  const member = await addMember(stage.core);
  const button: Button = { kind: 'opens', label: 'Write', url: 'mailto:sian@council.example' };
  const linked = { label: 'Write', style: 'plain', url: 'mailto:sian@council.example' };
  expect(linkButtons(stage.core, { deliveryId: 'd1', member, linksEnd }, [button])).toEqual([linked]);
});

test('every e-mail to a member says how to pause and how to leave', async () => {
  const member = await stage.joined();
  const email = stage.smtp.emails()[0];
  const found = /Pause messages:\n(\S+)\nLeave the network:\n(\S+)\n/.exec(email?.text ?? '');
  const leave = { memberId: member.id, intent: { kind: 'network.leave' } };
  expect(open(found?.[1])).toMatchObject({ memberId: member.id, intent: { kind: 'network.open-pause' } });
  expect(open(found?.[2])).toMatchObject(leave);
  const header = email?.headers.get('list-unsubscribe')?.[0];
  expect(open(header?.slice(1, -1))).toMatchObject(leave);
  expect(email?.headers.has('list-unsubscribe-post')).toBe(false);
});

test('someone who has not joined is told why they got a sign-in link, and has nothing to leave', async () => {
  const member = await addMember(stage.core);
  await requestSignIn(stage.core, member.email);
  await stage.settle();
  const email = stage.smtp.emails()[0];
  expect(email?.text).toContain('because someone asked for it with your email address');
  expect(email?.text).toMatch(/Sign in:\nhttp:\/\/localhost:3000\/sign-in\/\S+\n/);
  expect(email?.headers.has('list-unsubscribe')).toBe(false);
  expect(linkFooter(stage.core, { deliveryId: 'd1', member, linksEnd }).links).toEqual([]);
});
