import { z } from 'zod';
import type { IntentOf } from '../asker.ts';
import type { Problem } from '../errors.ts';
import { nameLength } from '../network/model.ts';
import { isZone } from '../time/local.ts';
import { guestProblems as say } from './guest-messages.ts';

/** Who is to host, as their host says. */
export interface GuestSaid {
  readonly name: string;
  /** In lower case. */
  readonly email: string;
  readonly role: string;
  readonly organisation: string;
  /** IANA, such as 'Europe/London': in it they are told when things are. */
  readonly zone: string;
}

type GuestAnswers = Extract<IntentOf<'proposals'>, { kind: 'proposals.guest' }>;

/** The longest of each, in characters: as the roster takes them; of an address, as RFC 5321 has it. */
export const guestLengths = { name: nameLength, email: 254, role: 200, organisation: 200 } as const;

/** Reads the answers, all of them, so that a host sees every problem at once. */
export function readGuest(answers: GuestAnswers): GuestSaid | readonly Problem[] {
  const said = {
    name: oneLine(answers.name),
    email: answers.email.trim().toLowerCase(),
    role: oneLine(answers.role),
    organisation: oneLine(answers.organisation),
    zone: answers.zone,
  };
  const isAddress = z.email().safeParse(said.email).success && said.email.length <= guestLengths.email;
  const found = [
    ...(fits(said.name, guestLengths.name) ? [] : [{ field: 'name', text: say.name }]),
    ...(isAddress ? [] : [{ field: 'email', text: say.email }]),
    ...(fits(said.role, guestLengths.role) ? [] : [{ field: 'role', text: say.role }]),
    ...(fits(said.organisation, guestLengths.organisation) ? [] : [{ field: 'organisation', text: say.organisation }]),
    ...(isZone(said.zone) ? [] : [{ field: 'zone', text: say.zone }]),
  ];
  return found.length > 0 ? found : said;
}

function fits(text: string, longest: number): boolean {
  return text.length >= 1 && text.length <= longest;
}

/** They stand on cards, in one line each. */
function oneLine(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
