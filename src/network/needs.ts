import type { Permission } from './model.ts';

/**
 * Who may ask for something: anyone at all, a person we know (they may have left), one who joined, or with that
 * permission. `hosting`: whoever hosts it, which the services check: guests do it by a link.
 */
export type Needs = 'anyone' | 'known' | 'hosting' | Permission;
