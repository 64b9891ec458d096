import type { Chapter } from './card-catalogue-chapter.ts';

export const afterwardsChapters: Readonly<Record<string, Chapter>> = {
  'afterwards/messages.ts': { parts: [], examples: () => ({}) },
};
