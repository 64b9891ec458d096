import type { Option } from '../../messages/form.ts';

/** Something that leaders go through and that others can ask them about. */
interface Experience {
  /** Kept in the store: never given to another one. */
  readonly id: string;
  /** As it stands after "somebody who has been through". */
  readonly words: string;
}

/** No longer than a menu of Slack shows (75 characters), and without the commas that part several answers. */
const experiences: readonly Experience[] = [
  { id: 'merger', words: 'a merger of councils or of whole services' },
  { id: 'reorganisation', words: 'local government reorganisation' },
  { id: 'intervention', words: 'a government intervention' },
  { id: 'section-114', words: 'a section 114 notice' },
  { id: 'childrens-inspection', words: 'a children’s services inspection judged inadequate' },
  { id: 'adults-inspection', words: 'an adult social care inspection judged inadequate' },
  { id: 'first-year-chief', words: 'a first year as chief executive' },
  { id: 'shared-service', words: 'setting up a shared service' },
  { id: 'change-of-control', words: 'a political change of control' },
  { id: 'major-incident', words: 'a major incident' },
  { id: 'cyber-attack', words: 'a cyber attack' },
  { id: 'in-house', words: 'bringing a service back in-house' },
];

/** For a form. */
export const experienceOptions: readonly Option[] = experiences.map(({ id, words }) => ({
  value: id,
  label: words.charAt(0).toUpperCase() + words.slice(1),
}));

/** How an experience stands in a sentence; `undefined` for one that is not on the list any more. */
export function experienceWords(id: string): string | undefined {
  return experiences.find((experience) => experience.id === id)?.words;
}

/** How those of these that are on the list stand in a list of their own, in its order. */
export function experienceLabels(ids: readonly string[]): readonly string[] {
  return experienceOptions.filter(({ value }) => ids.includes(value)).map(({ label }) => label);
}
