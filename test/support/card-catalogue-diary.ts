import type { Chapter } from './card-catalogue-chapter.ts';

export const diaryChapters: Readonly<Record<string, Chapter>> = {
  'diary/messages.ts': { parts: [], examples: () => ({}) },
};
