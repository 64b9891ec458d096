/** What somebody sees of their matches when they ask. */
export { matchCards, showCurrent } from './current/service.ts';
