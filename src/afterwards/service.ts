/** Use cases of afterwards: one transaction each. */
export { openSummary, saveSummary } from './summary.ts';
export { dropTakeaway, openTakeaway, saveTakeaway, showTakeaways } from './takeaways.ts';
export { openWhoCame, saveWhoCame } from './who-came.ts';
