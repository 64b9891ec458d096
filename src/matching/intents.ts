import { z } from 'zod';
import { outcomes } from './model.ts';

const answer = z.string().max(200);
const match = z.uuid();

const ofMembers = [
  z.strictObject({ kind: z.literal('matching.current') }),
  /** What is open of a match of an earlier round. */
  z.strictObject({ kind: z.literal('matching.earlier'), match }),
  z.strictObject({ kind: z.literal('matching.open-wishes') }),
  /** `wish` is what they chose: '' for nothing, or the name of a wish; `group` is 'yes' or 'no'. */
  z.strictObject({
    kind: z.literal('matching.wishes'),
    wish: answer,
    theme: answer,
    experience: answer,
    group: answer,
  }),
  z.strictObject({ kind: z.literal('matching.open-experiences') }),
  z.strictObject({ kind: z.literal('matching.experiences'), experiences: z.string().max(2000) }),
  /** `at` is one of the times that were shown. */
  z.strictObject({ kind: z.literal('matching.suggest-time'), match, at: z.iso.datetime() }),
  z.strictObject({ kind: z.literal('matching.open-own-time'), match }),
  z.strictObject({ kind: z.literal('matching.own-time'), match, date: answer, time: answer }),
  z.strictObject({ kind: z.literal('matching.accept-time'), match, at: z.iso.datetime() }),
  /** Whoever cannot make the time `at` that another is to be changed to. */
  z.strictObject({ kind: z.literal('matching.keep-time'), match, at: z.iso.datetime() }),
  z.strictObject({ kind: z.literal('matching.dated'), match }),
  z.strictObject({ kind: z.literal('matching.met'), match }),
  /** Asks for a match before the next round, without one to put an end to. */
  z.strictObject({ kind: z.literal('matching.look-now') }),
  z.strictObject({ kind: z.literal('matching.rematch'), match }),
  z.strictObject({ kind: z.literal('matching.not-now'), match }),
  z.strictObject({ kind: z.literal('matching.answer'), match, outcome: z.enum(outcomes) }),
] as const;

/** One for each slider. */
const weightAnswers = {
  themes: answer,
  stages: answer,
  hours: answer,
  level: answer,
  cohort: answer,
  wishes: answer,
  repeats: answer,
} as const;

const ofConveners = [
  z.strictObject({ kind: z.literal('matching.rounds') }),
  z.strictObject({ kind: z.literal('matching.round'), round: z.uuid() }),
  /** The next round as it would be now. */
  z.strictObject({ kind: z.literal('matching.next') }),
  /** Its groups, after so many of them. */
  z.strictObject({ kind: z.literal('matching.groups'), after: z.string().regex(/^\d{1,6}$/) }),
  /** What each rule costs the others. */
  z.strictObject({ kind: z.literal('matching.costs') }),
  z.strictObject({ kind: z.literal('matching.open-rules') }),
  z.strictObject({
    kind: z.literal('matching.rules'),
    groupSize: answer,
    byHand: answer,
    coolDownRounds: answer,
    place: answer,
  }),
  /** `tried`: weights to begin with, as `weightsText` writes them; '' for those that hold. */
  z.strictObject({ kind: z.literal('matching.open-weights'), tried: answer }),
  /** Shows what these would change, and changes nothing. */
  z.strictObject({ kind: z.literal('matching.try-weights'), ...weightAnswers }),
  z.strictObject({ kind: z.literal('matching.weights'), ...weightAnswers }),
  z.strictObject({ kind: z.literal('matching.locks') }),
  z.strictObject({ kind: z.literal('matching.open-lock') }),
  z.strictObject({
    kind: z.literal('matching.lock'),
    how: answer,
    first: answer,
    second: answer,
    third: answer,
    fourth: answer,
    /** Pressed in a list of groups: the list from there on is shown again. '' for the form. */
    after: z
      .string()
      .regex(/^\d{0,6}$/)
      .default(''),
  }),
  z.strictObject({ kind: z.literal('matching.unlock'), lock: z.uuid() }),
  /** `plan` names what was looked at: another is not published unseen. Asks before it does. */
  z.strictObject({ kind: z.literal('matching.open-publish'), plan: z.string().max(100) }),
  z.strictObject({ kind: z.literal('matching.publish'), plan: z.string().max(100) }),
] as const;

/** What a person can ask about their matches, and conveners about rounds. */
export const matchingIntents = [...ofMembers, ...ofConveners] as const;
