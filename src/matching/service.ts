/** What somebody sees of their matches when they ask. */
export { matchCards, showCurrent, showEarlier } from './current/service.ts';
