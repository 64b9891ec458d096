/** The digest of a month, which is the subject, `YYYY-MM`. */
export type DigestDelivery = 'digests.month';
export type DigestDue = 'digests.month';
