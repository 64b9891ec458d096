/** What stands under every e-mail, beside its links. */
export const footer = {
  member: 'You get this email because you are a member of the network.',
  /** To someone on the list who has not joined: all they can be sent is what they asked for on our page. */
  stranger:
    'You get this email because someone asked for it with your email address. If it was not you, you can ignore it.',
  links: 'We cannot read replies. The links are only for you, so do not forward this email.',
  pause: 'Pause messages',
  leave: 'Leave the network',
} as const;
