import { expect, vi } from 'vitest';
import type { Member } from '../../src/network/model.ts';
import type { MemberClient } from '../support/member-client.ts';
import { patience } from '../support/patience.ts';

/** One of those whom a story is about. */
export interface Person {
  readonly member: Member;
  readonly client: MemberClient;
}

export function emailsOf(...people: readonly Person[]): readonly string[] {
  return people.map(({ member }) => member.email).toSorted();
}

export function both(one: Person, other: Person) {
  return [
    [one, other],
    [other, one],
  ] as const;
}

/** Waits until these words stand somewhere before them. */
export async function sees({ member, client }: Person, words: string): Promise<void> {
  await vi.waitFor(async () => {
    const [dialog, messages] = [await client.dialog(), await client.messages()];
    const last = messages.at(-1) ?? '';
    if (![dialog, ...messages].some((text) => text.includes(words))) {
      throw new Error(`${member.email} does not see “${words}”. They see: ${dialog}\n${last.slice(0, 500)}`);
    }
  }, patience);
}

export async function neverSaw({ member, client }: Person, words: string): Promise<void> {
  const found = (await client.messages()).filter((text) => text.includes(words)).map((text) => text.slice(0, 200));
  expect(found, `what ${member.email} was told`).toEqual([]);
}

export async function presses(person: Person, label: string, then: string): Promise<void> {
  await person.client.press(label);
  await sees(person, then);
}
