/** What the page says on which conveners import a roster. */
export const rosterWords = {
  heading: 'Import a roster',
  lead: 'Choose a CSV file of up to 2 MB. You see what it would change before anything does.',
  columns:
    'The file needs the columns name, email, council, role and level. It may have cohort, programme, year, learning_set, council_type, nation, region, domains, zone, permission and old_email.',
  file: 'Roster file',
  includeErased: 'Add people too who asked to be erased. Choose this only if they asked to come back.',
  look: 'See what would change',
  noFile: 'Choose a CSV file.',
  tooLarge: 'The file must be smaller than 2 MB. Import it in parts.',
  wouldHeading: 'What this file would change',
  would: (counts: string) => `This would be: ${counts}. Nothing has been imported yet.`,
  nothing: (counts: string) => `This would change nothing: ${counts}.`,
  badLeftOut: 'Rows that cannot be imported, or are left out, are named below. The others are imported.',
  confirm: 'Import these people',
  nobodyWritten: 'Nobody is written to. People join by themselves.',
  other: 'Choose another file',
  changedHeading: 'Look again before you import',
  changed:
    'The roster has changed since you looked, or it was over an hour ago. Nothing was imported. This is what the file would change now.',
  doneHeading: 'Roster imported',
  done: (counts: string) => `We have imported the roster: ${counts}.`,
  lostHeading: 'We could not read that',
  lost: 'Choose the file again. Nothing was imported.',
  back: 'Back to the conveners’ page',
} as const;
