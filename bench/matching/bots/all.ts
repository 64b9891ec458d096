import { barista, colette, doughnut } from './choosing.ts';
import type { Bot } from './model.ts';
import { coffeebot, icebreaker, workbench } from './shuffling.ts';

export const bots: readonly Bot[] = [icebreaker, workbench, coffeebot, barista, doughnut, colette];
