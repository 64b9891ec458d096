import type { Address } from '../../src/account.ts';
import type { Core } from '../../src/core.ts';
import type { Outbound, Outcome, Receipt } from '../../src/delivery/model.ts';
import type { Intent } from '../../src/intents.ts';
import type { Member } from '../../src/network/model.ts';
import type { TestCore } from '../support/core.ts';
import type { MemberClient } from '../support/member-client.ts';

/**
 * What the core relies on, of every channel alike. Each adapter passes this suite at the real third-party side, or a
 * stand-in of it that speaks the same protocol.
 */
export interface Platform<Stage extends PlatformStage> {
  readonly name: string;
  open(test: TestCore): Promise<Stage>;
  /** The person joins, by the platform's own client where it has one that takes words. */
  join(stage: Stage, core: Core, person: Person): Promise<void>;
  /** The host has the form for a conversation before them. */
  openProposal(host: Person): Promise<void>;
  /** The person asks for what is a form or a page, and has it before them. `word` asks for `intent`. */
  ask(stage: Stage, client: MemberClient, asked: Asked): Promise<void>;
  /** People we know nothing about can ask us something. */
  readonly strangers: Way<{ readonly ask: true }>;
  /** What the message that a receipt names says at the other side; `undefined` when there is none. */
  find(stage: Stage, receipt: Receipt): Promise<string | undefined>;
  /** The platform asks us to wait before it takes the next message. */
  readonly throttle: Way<{
    begin(stage: Stage): void;
    end(stage: Stage): void;
    readonly outcome: Outcome['kind'];
    readonly afterMs: number;
  }>;
  /** The account is closed at the other side. */
  readonly lose: Way<{ begin(stage: Stage, person: Person): void; end(stage: Stage): void }>;
  /** The line breaks while the next message is sent. */
  readonly cut: Way<{
    readonly after: Cut<Stage>;
    readonly before: Cut<Stage>;
  }>;
  /** What becomes of a message that was taken, where nobody recorded that: the process was killed in between. */
  readonly killed: Aftermath;
  /** Channels of several people, where cards are changed and removed. */
  readonly rooms: Way<{
    open(stage: Stage): { readonly space: string; readonly room: string; readonly address: Address };
  }>;
  /** Groups of several people of one workspace, which we may make. */
  readonly groups: Way<{
    /** People of this workspace, by the platform's ids. */
    open(stage: Stage, people: readonly Person[]): { readonly space: string; readonly users: readonly string[] };
  }>;
  /** A page that the platform itself keeps for each person. */
  readonly homes: Way<{ readonly kept: true }>;
}

/** Something to ask for; of somebody with this address. */
export interface Asked {
  readonly word: string;
  readonly intent: Intent;
  readonly email: string;
}

export interface PlatformStage {
  readonly outbound: Outbound;
  member(email: string): Promise<MemberClient>;
  close(): Promise<void>;
}

export interface Person {
  readonly member: Member;
  readonly client: MemberClient;
}

interface Cut<Stage> extends Aftermath {
  begin(stage: Stage): void;
  end(stage: Stage): void;
}

/** How a delivery stands once all is decided, and how many copies of it the person has. */
export interface Aftermath {
  readonly status: 'sent' | 'failed';
  readonly copies: 0 | 1;
}

/** Something that can happen on this platform; or the reason, in words without brackets, why it cannot. */
export type Way<T> = T | { readonly cannot: string };

export function can<T extends object>(way: Way<T>): way is T {
  return !('cannot' in way);
}

/** The end of a test's name that says why it is skipped; '' where it is not. */
export function reason(name: string, way: Way<object>): string {
  return 'cannot' in way ? ` (skipped: ${name}: ${way.cannot})` : '';
}
