import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readRoster } from '../../src/network/roster-file.ts';

const header = 'name,email,council,role,level';

test('every bad row is named with its line and every reason; the good ones are read', () => {
  const { rows, bad } = readRoster(
    [
      header,
      'Asha,asha@leeds.example,Leeds City Council,Director,Director',
      ',not-an-address,Leeds City Council,Director,chief',
      '',
      'Bo,ASHA@leeds.example,York,Director,manager',
      'Cy,cy@york.example,York',
      'Di,di@york.example,York,Head,manager',
    ].join('\n'),
  );
  expect(rows.map((row) => row.name)).toEqual(['Asha', 'Di']);
  expect(rows[0]).toMatchObject({ level: 'director', permission: '', zone: '', domains: [] });
  expect(bad.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '3: the name is missing; the email address is missing or is not one; the level must be one of: manager, director, chief executive',
    '5: the email address stands on line 2 already',
    expect.stringMatching(/^6: the row does not have as many values as the header/),
  ]);
});

test.each([
  ['', 1, 'the file holds no people'],
  [header, 1, 'the file holds no people'],
  [`${header}\nZo\uFFFD,a@b.example,C,R,manager`, 1, 'the file is not in UTF-8'],
  ['name,email\nA,a@b.example', 1, 'the header lacks: council, role, level'],
  [`${header},e-mail,cohrt\nA,a@b.example,C,R,manager,,`, 1, 'we do not know: e-mail, cohrt'],
  [`${header}\nA,"a@b.example,C,R,manager`, 2, 'the file is not CSV from here on'],
])('%j is refused as a whole', (csv, line, reason) => {
  const { rows, bad } = readRoster(csv);
  expect(rows).toEqual([]);
  expect(bad).toEqual([{ line, reason: expect.stringContaining(reason) }]);
});

test('a spreadsheet’s byte order mark, spaces, line ends and quoted commas do no harm', () => {
  const { rows } = readRoster(
    `\uFEFF${header}\r\n Asha , asha@leeds.example ,"Bournemouth, Christchurch and Poole",Director,director\r\n`,
  );
  expect(rows).toMatchObject([{ name: 'Asha', council: 'Bournemouth, Christchurch and Poole' }]);
});

test('a council’s domains, and a cohort with its year and learning set, are read as they are typed', () => {
  const { rows, bad } = readRoster(
    [
      `Name,Email,Council,Role,Level,domains,cohort,year,learning_set`,
      'Asha,asha@leeds.example,Leeds,Head,manager,@Leeds.gov.uk; leeds.example,Top 2026,2026,Set 1',
      'Bo,bo@york.example,York,Head,manager,york,,,',
      'Cy,cy@york.example,York,Head,manager,,,2026,',
      'Di,di@york.example,York,Head,manager,,Top 2026,soon,',
    ].join('\n'),
  );
  expect(rows).toMatchObject([{ domains: ['leeds.example', 'leeds.gov.uk'], year: '2026', learning_set: 'Set 1' }]);
  expect(bad.map(({ line, reason }) => `${line}: ${reason}`)).toEqual([
    '3: the domains must be such as leeds.gov.uk',
    '4: the programme, year and learning set are those of a cohort, and the cohort is missing',
    '5: the year must be one such as 2026',
  ]);
});

test('any text at all gives rows or reasons, and never throws', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.string().map((text) => `${header}\n${text}`),
      ),
      (csv) => {
        const { rows, bad } = readRoster(csv);
        expect(rows.length + bad.length).toBeGreaterThan(0);
      },
    ),
  );
});
