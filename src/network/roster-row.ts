import { z } from 'zod';
import { isZone } from '../time/local.ts';
import { Level, Permission } from './model.ts';

const text = (what: string) =>
  z.string().min(1, `the ${what} is missing`).max(200, `the ${what} is longer than 200 characters`);
const optional = z.string().max(200, 'a value is longer than 200 characters').default('');
const oneOf = <const Values extends readonly string[]>(what: string, values: Values) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(values, `the ${what} must be one of: ${values.join(', ')}`));
const noneOr = <const Values extends readonly string[]>(what: string, values: Values) =>
  z
    .string()
    .toLowerCase()
    .pipe(z.enum(['', ...values], `the ${what} must be one of: ${values.join(', ')}`))
    .default('');
const address = z.string().toLowerCase();
const isAddress = (given: string) => z.email().safeParse(given).success;

/** A domain as people type it: in lower case, without an at sign before it. */
const domain = z.string().regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/);

/** The domains in a text that has one on each line, or between spaces, commas or semicolons; those that are none, apart. */
export function readDomains(given: string): { readonly domains: readonly string[]; readonly wrong: readonly string[] } {
  const typed = given
    .toLowerCase()
    .split(/[\s,;]+/)
    .map((part) => part.replace(/^@/, ''))
    .filter((part) => part !== '');
  const isDomain = (part: string) => part.length <= 253 && domain.safeParse(part).success;
  return { domains: [...new Set(typed.filter(isDomain))].toSorted(), wrong: typed.filter((part) => !isDomain(part)) };
}

/**
 * One row of a roster file as the network takes it. E-mail addresses are kept in lower case. An empty value changes
 * nothing of what is held.
 */
export const RosterRow = z
  .object({
    name: text('name'),
    email: address.pipe(z.email('the email address is missing or is not one')),
    /** The address they had before, for somebody whose address changed; 'new' for a namesake who is somebody else. */
    old_email: address
      .default('')
      .refine((given) => given === '' || given === 'new' || isAddress(given), 'the old email address is not one'),
    council: text('council'),
    council_type: optional,
    nation: optional,
    region: optional,
    domains: z
      .string()
      .max(2000, 'the domains are longer than 2000 characters')
      .default('')
      .refine((given) => readDomains(given).wrong.length === 0, 'the domains must be such as leeds.gov.uk')
      .transform((given) => readDomains(given).domains),
    role: text('role'),
    level: oneOf('level', Level.options),
    cohort: optional,
    programme: optional,
    year: z
      .string()
      .default('')
      .refine((given) => given === '' || isYear(given), 'the year must be one such as 2026'),
    learning_set: optional,
    zone: optional.refine((zone) => zone === '' || isZone(zone), 'the time zone is not one such as Europe/London'),
    permission: noneOr('permission', Permission.options),
  })
  .refine((row) => row.cohort !== '' || (row.learning_set === '' && row.programme === '' && row.year === ''), {
    error: 'the programme, year and learning set are those of a cohort, and the cohort is missing',
  });
export type RosterRow = z.infer<typeof RosterRow>;

/** As the table `cohorts` takes it. */
export function isYear(given: string): boolean {
  return /^\d{4}$/.test(given) && Number(given) >= 1990 && Number(given) <= 2200;
}
