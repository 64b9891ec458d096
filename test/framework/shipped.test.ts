import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkFrameworks, loadFrameworks } from '../../src/framework/load.ts';
import type { Framework } from '../../src/framework/model.ts';

const folder = join(import.meta.dirname, '../../frameworks');
const frameworks = await loadFrameworks(folder);

function shipped(id: string): Framework {
  const found = frameworks.find((framework) => framework.id === id);
  if (found === undefined) throw new Error(`There is no framework “${id}”.`);
  return found;
}

/** How many prompts each theme has, stage by stage. */
function sizes({ themes }: Framework): Readonly<Record<string, readonly number[]>> {
  return Object.fromEntries(themes.map(({ id, prompts }) => [id, Object.values(prompts).map(({ length }) => length)]));
}

describe('the frameworks that come with Colloquy', () => {
  it('have no mistakes of form', async () => {
    expect(await checkFrameworks(folder)).toEqual([]);
  });

  it('are three', () => {
    expect(frameworks.map(({ id }) => id)).toEqual([
      'chief-executives',
      'collective-leadership',
      'managerial-leadership',
    ]);
  });

  it('take a chief executive through seven themes in three stages', () => {
    const framework = shipped('chief-executives');
    expect(framework.stages.map(({ name }) => name)).toEqual([
      'Acquiring knowledge',
      'Gaining experience',
      'Sharpening judgement',
    ]);
    expect(framework.themes.map(({ name }) => name)).toEqual([
      'The core chief executive role',
      'Politics and the political interface',
      'Good governance',
      'Managerial leadership',
      'Resource management',
      'Public ethics',
      'Continuous improvement',
    ]);
    expect(sizes(framework)).toEqual({
      'core-role': [6, 6, 5],
      politics: [6, 6, 6],
      'good-governance': [6, 6, 5],
      'managerial-leadership': [7, 6, 6],
      'resource-management': [7, 6, 5],
      'public-ethics': [7, 6, 5],
      'continuous-improvement': [6, 6, 5],
    });
  });

  it('ask leaders and managers about seven skills, six questions each', () => {
    const framework = shipped('managerial-leadership');
    expect(framework.stages).toEqual([]);
    expect(framework.themes.map(({ name }) => name)).toEqual([
      'Personal resilience and wellbeing',
      'Systems thinking',
      'Relational agility',
      'Socio/political understanding of place',
      'Commercialisation',
      'Digitisation of services',
      'Coaching for results',
    ]);
    expect(Object.values(sizes(framework))).toEqual(new Array(7).fill([6]));
  });

  it('give the hosts of conversations four themes, with six prompts and five opening questions each', () => {
    const framework = shipped('collective-leadership');
    expect(framework.stages).toEqual([]);
    expect(framework.themes.map(({ name }) => name)).toEqual([
      'Creating brilliant teams that work across boundaries',
      'Inclusive leadership',
      'Creating the space for others to step up and into',
      'Working collectively in an uncertain world',
    ]);
    expect(Object.values(sizes(framework))).toEqual(new Array(4).fill([6]));
    expect(framework.themes.map(({ openingQuestions }) => openingQuestions.length)).toEqual([5, 5, 5, 5]);
  });

  it('join no two questions into one', () => {
    const texts = frameworks.flatMap(({ themes }) => themes.flatMap(({ prompts }) => Object.values(prompts).flat()));
    expect(
      texts.filter(({ text }) => /\b(?:and|or),? (?:what|how|why|who|whom|which|when|where)\b/i.test(text)),
    ).toEqual([]);
  });
});
