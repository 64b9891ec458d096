import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import { addMember } from './core.ts';
import { addActive } from './people.ts';
import type { WebSite } from './web-site.ts';
import { formsSaying, type Visited, type Visitor } from './web-visitor.ts';

/** Presses a button of the page that is shown. */
export async function press(visitor: Visitor, visited: Visited, label: string): Promise<Visited> {
  return await fill(visitor, visited, label, {});
}

/** Fills the form of the page that is shown, by the names of its questions, and presses its button. */
export async function fill(
  visitor: Visitor,
  visited: Visited,
  label: string,
  answers: Readonly<Record<string, string>>,
): Promise<Visited> {
  const [form] = formsSaying(visited.page, label);
  if (form === undefined) throw new Error(`There is no button “${label}” on: ${visited.main}`);
  const named = Object.entries(answers).map(([name, value]) => [`answer.${name}`, value]);
  return await visitor.send(form, Object.fromEntries(named));
}

/** What the button for an intent sends. */
export function button(intent: Intent): Readonly<Record<string, string>> {
  return { intent: JSON.stringify(intent) };
}

/** A member who has joined and been sent a prompt. */
export async function prompted(site: WebSite): Promise<{ readonly member: Member; readonly visitor: Visitor }> {
  const member = await addActive(site.core);
  const visitor = await site.signedIn(member);
  await site.pass(7 * 24);
  return { member, visitor };
}

interface Hosting {
  readonly visitor: Visitor;
  /** The page with the second form, empty: when and where. */
  readonly form: Visited;
  /** Answers that the form takes. */
  readonly proposal: Readonly<Record<string, string>>;
}

/** A host who has said what a conversation is about, and is about to announce it. */
export async function hosting(site: WebSite, title = 'Winter pressures'): Promise<Hosting> {
  const visitor = await site.signedIn(await addMember(site.core, { status: 'active', permission: 'host' }));
  const first = await visitor.get('/words/host');
  const words = {
    theme: /<option value="([^"]+)"/.exec(first.html)?.[1] ?? '',
    title,
    about: 'How do you plan?\r\n\r\nWhat do you stop?',
  };
  const form = await fill(visitor, first, 'Save and go on', words);
  const proposal = {
    'date.day': '18',
    'date.month': '3',
    'date.year': '2027',
    time: '10:00',
    minutes: '60',
    capacity: '8',
    perCouncil: 'none',
    link: 'https://meet.example/winter',
  };
  return { visitor, form, proposal };
}
