/**
 * The longest subject, in characters. RFC 5322 sets no limit on a folded header; this is our choice, more than any
 * list of e-mails shows.
 */
export const subjectLength = 150;

/** How long the links in an e-mail work; a guest’s may work longer. Longer than the two weeks between rounds, so that the last one still does. */
export const linkDays = 30;

/**
 * Connections to the mail server at once. Exchange Online takes three from one sender and answers 432 to a fourth:
 * https://learn.microsoft.com/exchange/troubleshoot/send-emails/smtp-submission-improvements
 */
export const connections = 3;

/** How long we wait for the mail server, in milliseconds; `whole` is for all of one e-mail, its wait for a connection included. */
export const timeouts = { connect: 10_000, greeting: 10_000, silence: 45_000, whole: 90_000 } as const;

/** How long to wait before trying again, in milliseconds: after "not now" (greylisting and the like), and after "mailbox full". */
export const waits = { notNow: 60_000, full: 3_600_000 } as const;
