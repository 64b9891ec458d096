import type { Chapter } from './card-catalogue-chapter.ts';

export const seriesChapters: Readonly<Record<string, Chapter>> = {
  'series/messages.ts': { parts: [], examples: () => ({}) },
};
