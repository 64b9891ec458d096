import type { Account } from './account.ts';

/** A page inside a platform's own client that shows people the web channel, signed in as who they are there. */
export interface Tab {
  /** Who may show our pages inside theirs: sources, as `frame-ancestors` of a Content-Security-Policy takes them. */
  readonly hosts: readonly string[];
  /** Whom a token proves, as the client gave it to the page. */
  identify(token: string): Promise<TabVisitor>;
  /** Whether the people of this space are served, now. */
  serves(space: string): Promise<boolean>;
}

export type TabVisitor =
  | { readonly kind: 'account'; readonly account: Account }
  /** They are who they say, and the operator has not enrolled their organisation. */
  | { readonly kind: 'not-served' }
  /** The token proves nothing. `reason` is for the operator, and holds nothing of the token. */
  | { readonly kind: 'refused'; readonly reason: string }
  /** We could not check it just now. */
  | { readonly kind: 'unavailable' };
