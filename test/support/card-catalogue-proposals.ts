import type { Chapter } from './card-catalogue-chapter.ts';

export const proposalChapters: Readonly<Record<string, Chapter>> = {
  'proposals/messages.ts': { parts: [], examples: () => ({}) },
};
