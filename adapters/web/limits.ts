/** The longest form we read: several times what any field takes, so that a long answer comes back with its problem. */
export const bodyLimit = '256kb';

/** The largest roster file we take, in bytes: some ten thousand people. */
export const rosterBytes = 2 * 1024 * 1024;

/** How many messages the home page holds, the newest first. */
export const inboxLength = 50;

/** How long a person stays signed in, in days. */
export const sessionDays = 30;

/** How long a session inside a tab lasts, in hours: the tab signs in again by itself. */
export const tabSessionHours = 4;

/** The demonstration moves on by weeks, and nobody should have to choose themselves again on the way. */
export const demoSessionDays = 3650;

/** GOV.UK shows a few options as radios; more than these would fill a small screen, and become a list to pick from. */
export const mostRadios = 7;

/** The longest address of ours that we send a browser to; some take no longer ones. */
export const pathLength = 2000;
