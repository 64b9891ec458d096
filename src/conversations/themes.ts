import type { Framework } from '../framework/model.ts';
import type { Option } from '../messages/form.ts';

/** Themes a host may choose, as `<framework>/<theme>`: those meant for conversations first. */
export function themeOptions(frameworks: readonly Framework[]): readonly Option[] {
  const ordered = frameworks.toSorted((a, b) => Number(hasQuestions(b)) - Number(hasQuestions(a)));
  return ordered.flatMap((framework) =>
    framework.themes.map((theme) => ({ value: `${framework.id}/${theme.id}`, label: theme.name })),
  );
}

function hasQuestions(framework: Framework): boolean {
  return framework.themes.some((theme) => theme.openingQuestions.length > 0);
}

/** The theme's name, or its id where the framework that named it is gone. */
export function themeName(frameworks: readonly Framework[], id: string): string {
  return themeOptions(frameworks).find((option) => option.value === id)?.label ?? id;
}

/** Questions to open a conversation on this theme with; none for themes that have none. */
export function openingQuestions(frameworks: readonly Framework[], id: string): readonly string[] {
  const themes = frameworks.flatMap((framework) =>
    framework.themes.map((theme) => ({ id: `${framework.id}/${theme.id}`, theme })),
  );
  return themes.find((candidate) => candidate.id === id)?.theme.openingQuestions ?? [];
}
