import { describeCrash } from './contract-crash.ts';
import { describeForms } from './contract-forms.ts';
import type { Platform, PlatformStage } from './contract-platform.ts';
import { describeSending } from './contract-sending.ts';
import { describeSeries } from './contract-series.ts';

/** Registers the whole suite for one platform. */
export function contract<Stage extends PlatformStage>(platform: Platform<Stage>): void {
  describeSending(platform);
  describeForms(platform);
  describeSeries(platform);
  describeCrash(platform);
}
