/** What can be wrong with what a convener says of councils. */
export const problems = {
  some: 'Some of the answers need changing.',
  tooLong: 'Enter 200 characters or fewer.',
  noName: 'Enter the name of the council.',
  nameTaken: (name: string) =>
    `There is already a council called ${name}. To put people into that one, change their council in the roster and import it.`,
  nation: 'Choose a nation from the list.',
  consent: 'Choose what the council has said.',
  domain: (typed: string) => `“${typed}” is not a domain. Enter one such as leeds.gov.uk on each line.`,
  publicMail: (domain: string) => `Anybody can have an address at ${domain}. Enter only the council’s own domains.`,
  domainTaken: (domain: string, council: string) =>
    `${domain} is a domain of ${council}. A domain belongs to one council: take it off that one first.`,
  noSuchCouncil: 'We could not find a council of that name. Enter its name as it stands in the roster.',
  whichCouncil: (names: readonly string[]) =>
    `More than one council has that in its name, such as ${names.join(' and ')}. Enter the whole name.`,
  itself: 'Enter the name of another council.',
  relation: 'Choose what the two councils have between them.',
  rule: 'Choose whether their people are kept apart.',
  noQuery: 'Enter a part of the council’s name.',
} as const;
