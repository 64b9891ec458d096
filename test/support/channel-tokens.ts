import { createSign, generateKeyPairSync, randomUUID } from 'node:crypto';

/** A signing key of a channel, with the channels it is endorsed for. */
export interface SigningKey {
  readonly kid: string;
  /** As it stands in a JSON Web Key Set. */
  readonly published: Readonly<Record<string, unknown>>;
  sign(text: string): string;
}

export function createSigningKey(endorsements: readonly string[] | undefined): SigningKey {
  const kid = randomUUID();
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const listed = endorsements === undefined ? {} : { endorsements };
  return {
    kid,
    published: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...listed },
    sign: (text) => createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url'),
  };
}

export type Claims = Readonly<Record<string, unknown>>;

/** An RS256 token; `header` and the signature can be spoilt for a test. */
export function signToken(key: SigningKey, claims: Claims, header: Claims = {}): string {
  const unsigned = `${encode({ typ: 'JWT', alg: 'RS256', kid: key.kid, ...header })}.${encode(claims)}`;
  return `${unsigned}.${key.sign(unsigned)}`;
}

export function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
