import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { reportPlan } from '../../../src/convening/roster/report.ts';
import { changesNothing, planImport } from '../../../src/convening/roster/rules.ts';
import { afterPlan, anyHeld, anyRows, heldOf, personOf, rowOf } from '../../support/rosters.ts';

const leeds = { name: 'Leeds City Council', type: '', nation: '', region: '', domains: ['leeds.example'] };

describe('of any file and any roster', () => {
  test('a plan that was carried out leaves nothing to do, and says so', () => {
    fc.assert(
      fc.property(anyRows, anyHeld, fc.boolean(), (rows, held, includeErased) => {
        const plan = planImport(rows, held, includeErased);
        const again = planImport(rows, afterPlan(held, plan), includeErased);
        expect({ ...again, changesNothing: changesNothing(again) }).toMatchObject({
          changesNothing: true,
          added: [],
          changed: [],
          councils: [],
          cohorts: [],
        });
        expect(again.heldBack).toEqual(plan.heldBack);
      }),
      { numRuns: 1000 },
    );
  });

  test('the order of the rows does not matter', () => {
    const shuffled = anyRows.chain((rows) =>
      fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })),
    );
    fc.assert(
      fc.property(shuffled, anyHeld, ([rows, others], held) => {
        const told = (given: typeof rows) => {
          const { listed, ...plan } = planImport(given, held, false);
          return { ...plan, listed: Object.fromEntries(listed) };
        };
        expect(told(others)).toEqual(told(rows));
      }),
      { numRuns: 500 },
    );
  });

  test('nobody is lost or counted twice, no address ends with two people, and nobody erased is added', () => {
    fc.assert(
      fc.property(anyRows, anyHeld, (rows, held) => {
        const plan = planImport(rows, held, false);
        const { added, changed, unchanged, heldBack, absent } = plan;
        expect(added.length + changed.length + unchanged.length + heldBack.length).toBe(rows.length);
        const after = afterPlan(held, plan).people;
        expect(after).toHaveLength(held.people.length + added.length);
        const addresses = after.flatMap(({ email, newEmail }) => (newEmail === '' ? [email] : [email, newEmail]));
        expect(new Set(addresses).size).toBe(addresses.length);
        // Where somebody who ever joined signs in is theirs to change.
        const joined = held.people.filter(({ status }) => status !== 'invited');
        expect(joined.map(({ id }) => after.find((one) => one.id === id)?.email)).toEqual(
          joined.map(({ email }) => email),
        );
        expect(after.filter(({ email }) => held.erased.has(email))).toEqual([]);
        const staying = new Map(after.map((person) => [person.id, person]));
        expect(absent.map(({ id }) => staying.get(id))).toEqual(absent);
      }),
      { numRuns: 500 },
    );
  });

  test('a domain never becomes that of two councils, and never a public one', () => {
    fc.assert(
      fc.property(anyRows, anyHeld, (rows, held) => {
        const domains = afterPlan(held, planImport(rows, held, false)).councils.flatMap((council) => council.domains);
        expect(new Set(domains).size).toBe(domains.length);
        expect(domains).not.toContain('gmail.com');
      }),
    );
  });
});

test('what changes is told from old to new; an empty value changes nothing', () => {
  const held = heldOf({ people: [personOf({ cohort: 'One', permission: 'host' })], councils: [leeds] });
  const plan = planImport([rowOf({ role: 'Chief Executive', level: 'chief executive' })], held, false);
  expect(plan.changed.map(({ fields }) => fields)).toEqual([
    [
      { field: 'role', from: 'Director of Place', to: 'Chief Executive' },
      { field: 'level', from: 'director', to: 'chief executive' },
    ],
  ]);
});

test('what somebody said of themselves stands until the roster says something new', () => {
  const listed = { council: 'Leeds City Council', role: 'Director of Place', level: 'director' };
  const held = heldOf({ people: [personOf({ role: 'Chief of Staff', listed })], councils: [leeds] });
  expect(changesNothing(planImport([rowOf()], held, false))).toBe(true);
  const plan = planImport([rowOf({ role: 'Director of Housing' })], held, false);
  expect(plan.changed[0]?.fields).toEqual([{ field: 'role', from: 'Chief of Staff', to: 'Director of Housing' }]);
});

describe('an address that changed', () => {
  const held = heldOf({ people: [personOf()], councils: [leeds] });
  const row = rowOf({ email: 'asha.rahman@leeds.example', name: 'Asha  RAHMAN' });

  test('is not guessed: whoever may be the same person is left out and named', () => {
    const plan = planImport([row], held, false);
    expect(plan).toMatchObject({ added: [], changed: [], heldBack: [{ why: 'moved', with: 'asha@leeds.example' }] });
    expect(JSON.stringify(reportPlan(plan, []))).toContain('put asha@leeds.example in the column old_email');
  });

  test('is carried over by old_email, and a namesake comes in by “new”', () => {
    const moved = planImport([{ ...row, name: 'Asha Rahman', old_email: 'asha@leeds.example' }], held, false);
    const field = 'email to confirm';
    expect(moved.changed).toMatchObject([
      { email: 'asha@leeds.example', fields: [{ field, from: '', to: row.email }] },
    ]);
    expect(planImport([{ ...row, old_email: 'new' }], held, false).added).toHaveLength(1);
  });

  test('is refused where both addresses are people, or two rows want the old one', () => {
    const other = personOf({ id: 'other', email: row.email, name: 'Bo' });
    const both = heldOf({ people: [personOf(), other], councils: [leeds] });
    const wanting = { ...row, old_email: 'asha@leeds.example' };
    expect(planImport([wanting], both, false).heldBack).toMatchObject([{ why: 'both' }]);
    const twice = [wanting, { ...wanting, email: 'a.rahman@leeds.example' }];
    expect(planImport(twice, held, false).heldBack).toMatchObject([{ why: 'claimed' }, { why: 'claimed' }]);
  });
});

test('whoever asked to be erased is named with the day, and added only when that is asked for', () => {
  const held = heldOf({ erased: new Map([['asha@leeds.example', '2027-01-05']]) });
  const plan = planImport([rowOf()], held, false);
  expect(plan).toMatchObject({ added: [], councils: [] });
  expect(JSON.stringify(reportPlan(plan, []))).toContain('asked to be erased on 5 January 2027; not added');
  expect(planImport([rowOf()], held, true).added).toHaveLength(1);
});

test('whoever asked to be erased is held back by the address they had before as well', () => {
  const held = heldOf({ erased: new Map([['asha@leeds.example', '2027-01-05']]) });
  const row = rowOf({ email: 'asha@new.example', old_email: 'asha@leeds.example' });
  expect(planImport([row], held, false)).toMatchObject({
    added: [],
    heldBack: [{ why: 'erased', with: '2027-01-05' }],
  });
  expect(planImport([row], held, true).added).toHaveLength(1);
});

test('what should be looked at is named: domains, what rows differ in, and the sizes of learning sets', () => {
  const cohort = { cohort: 'One', learning_set: 'Set 1' };
  const rows = [
    rowOf({ ...cohort, council_type: 'county' }),
    rowOf({ ...cohort, email: 'bo@york.example', name: 'Bo', council_type: 'unitary' }),
    rowOf({ email: 'cy@york.example', name: 'Cy', council: 'York', domains: ['leeds.example', 'gmail.com'] }),
  ];
  const text = JSON.stringify(reportPlan(planImport(rows, heldOf({ councils: [leeds] }), false), []));
  expect(text).toContain('bo@york.example is not an address of a domain of Leeds City Council');
  expect(text).toContain('Leeds City Council: the rows give more than one type (county, unitary)');
  expect(text).toContain('leeds.example is said to be of York and of Leeds City Council');
  expect(text).toContain('gmail.com is open to anybody');
  expect(text).toContain('Set 1 of One would have 2 people');
});

test.each([
  [11, true],
  [12, false],
  [15, false],
  [16, true],
])('a learning set of %i people is warned of: %s', (size, warned) => {
  const row = (index: number) =>
    rowOf({ email: `p${index}@leeds.example`, name: `P ${index}`, cohort: 'One', learning_set: 'A' });
  const { warnings } = planImport(
    Array.from({ length: size }, (_, index) => row(index)),
    heldOf(),
    false,
  );
  expect(warnings.some(({ kind }) => kind === 'set-size')).toBe(warned);
});
