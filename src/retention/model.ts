/** What is older than its period is deleted, each night. */
export type RetentionDue = 'retention.night';
