import type { webApi } from '@slack/bolt';
import { silentLog } from './sdk-log.ts';

/**
 * For every client of the Web API. Retrying is the queue's business: the SDK would send a message again after a broken
 * line. Never add `headers`: the SDK writes one workspace's token into them, and Bolt shares them with every other.
 *
 * @param apiUrl such as https://slack.com/api/
 */
export function clientOptions(apiUrl: string): webApi.WebClientOptions {
  return {
    slackApiUrl: apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    timeout: 10_000,
    logger: silentLog(),
  };
}
