/** What stands under every e-mail, beside its links. */
export const footer = {
  member: 'You get this email because you are a member of the network.',
  /** To someone on the list who has not joined: what they asked for on our page, or what they host since they were a guest. */
  stranger:
    'You get this email because someone asked for it with your email address, or because you host a conversation. If neither is so, you can ignore it.',
  guest: 'You get this email because you host a conversation of the network as a guest.',
  guestLinks: (day: string) =>
    `We cannot read replies. The links are only for you and work until ${day}, so do not forward this email.`,
  erase: 'Erase everything you hold about me',
  links: 'We cannot read replies. The links are only for you, so do not forward this email.',
  pause: 'Pause messages',
  leave: 'Leave the network',
} as const;
