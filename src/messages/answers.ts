import type { Problem } from '../errors.ts';

/*
 * Reading what somebody typed into a form, whatever it is about.
 */

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** The one problem with a field, unless what is asked of it holds. */
export function check(field: string, holds: boolean, text: string): readonly Problem[] {
  return holds ? [] : [{ field, text }];
}

/** Both ends belong to it; NaN is in no range. */
export function isIn(value: number, { min, max }: Range): boolean {
  return value >= min && value <= max;
}

/** Of up to four digits; NaN for anything else. */
export function wholeNumber(answer: string): number {
  return /^\d{1,4}$/.test(answer.trim()) ? Number(answer) : Number.NaN;
}

/** Without what the database would not keep. */
export function tidy(answer: string): string {
  return answer.toWellFormed().replaceAll('\u0000', '').trim();
}

export function isHttps(link: string, maxLength: number): boolean {
  return link.length <= maxLength && URL.canParse(link) && new URL(link).protocol === 'https:';
}
