import type { Button } from '../messages/message.ts';

/** Somebody who can be written to, with the address that they agreed to share. */
export interface Correspondent {
  readonly name: string;
  readonly email: string;
  /** Whether we reach them on Teams now. */
  readonly isOnTeams: boolean;
}

/** By e-mail; and, for a reader on Teams, in a chat there, never on a guess that they have one. */
export function writingTo({ name, email, isOnTeams }: Correspondent): readonly Button[] {
  const mail = { kind: 'opens', label: `Email ${name}`, url: `mailto:${email}` } as const;
  const chat = { kind: 'chats', label: `Chat with ${name}`, platform: 'teams', email } as const;
  return isOnTeams ? [mail, chat] : [mail];
}
