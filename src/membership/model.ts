/** An account was connected by a code: told on the accounts they had, so that nobody does it unseen. */
export type MembershipDelivery = 'membership.connected';

/** What such a delivery is about: it goes to one account, and says that another was connected. Both are ids. */
export interface News {
  readonly told: string;
  readonly connected: string;
}

export function subjectOf({ told, connected }: News): string {
  return `${told} ${connected}`;
}

export function readSubject(subject: string): News {
  const [told = '', connected = ''] = subject.split(' ');
  return { told, connected };
}
