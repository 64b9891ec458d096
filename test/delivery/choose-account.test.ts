import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Platform, platforms } from '../../src/account.ts';
import { chooseAccount, type Reachable } from '../../src/delivery/rules.ts';

interface Asked {
  readonly accounts: readonly Reachable[];
  readonly open: ReadonlySet<Platform>;
  readonly preferred: Platform | null;
}

const platform = fc.constantFrom(...platforms);
const asked: fc.Arbitrary<Asked> = fc
  .record({
    seen: fc.uniqueArray(fc.record({ on: platform, at: fc.nat(1000) }), { selector: ({ at }) => at, maxLength: 8 }),
    open: fc.uniqueArray(platform),
    preferred: fc.option(platform),
  })
  .map(({ seen, open, preferred }) => ({
    accounts: seen.map(({ on, at }) => ({ platform: on, seenAt: new Date(at), isPreferred: on === preferred })),
    open: new Set(open),
    preferred,
  }));

/** Every account in the order in which they are tried, where each in turn turns out to be gone. */
function inTurn({ accounts, open }: Asked): readonly Reachable[] {
  const chosen = chooseAccount(accounts, open);
  if (chosen === undefined) return [];
  return [chosen, ...inTurn({ accounts: accounts.filter((each) => each !== chosen), open, preferred: null })];
}

test('what they prefer comes first wherever it is open, and the rest as if they preferred nothing', () => {
  fc.assert(
    fc.property(asked, (given) => {
      const indifferent = { ...given, accounts: given.accounts.map((each) => ({ ...each, isPreferred: false })) };
      const order = inTurn(indifferent).map(({ seenAt }) => seenAt.getTime());
      const isPreferred = (time: number) =>
        given.accounts.some(({ seenAt, platform: on }) => seenAt.getTime() === time && on === given.preferred);
      const expected = [...order.filter(isPreferred), ...order.filter((time) => !isPreferred(time))];
      expect(inTurn(given).map(({ seenAt }) => seenAt.getTime())).toEqual(expected);
    }),
  );
});

test('each account on a platform that is open is tried once, none on another, and of two chats the one used last', () => {
  fc.assert(
    fc.property(asked, (given) => {
      const tried = inTurn(given);
      const usable = given.accounts.filter((account) => given.open.has(account.platform));
      expect(new Set(tried)).toEqual(new Set(usable));
      expect(tried).toHaveLength(usable.length);
      const chats = tried.filter((each) => !each.isPreferred && ['slack', 'teams'].includes(each.platform));
      expect(chats).toEqual(chats.toSorted((a, b) => b.seenAt.getTime() - a.seenAt.getTime()));
    }),
  );
});
