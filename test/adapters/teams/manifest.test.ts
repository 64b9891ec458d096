import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AppPlan, manifestFor } from '../../../adapters/teams/manifest.ts';
import { objectionsTo } from '../../../adapters/teams/package.ts';
import { words } from '../../../src/words.ts';

const botId = '11111111-aaaa-4aaa-8aaa-111111111111';
const tabAppId = '33333333-cccc-4ccc-8ccc-333333333333';
const publicUrl = 'https://network.example.org';
const plan: AppPlan = { publicUrl, botId, tabAppId, version: '1.2.3' };
const bare: AppPlan = { ...plan, tabAppId: '' };

const [bot] = manifestFor(plan).bots;
const [personal, team] = bot.commandLists;

/** Every address anywhere in it, but for the schema's. */
function addressesIn({ $schema: _, ...manifest }: ReturnType<typeof manifestFor>): readonly string[] {
  return [...new Set(JSON.stringify(manifest).match(/\w+:\/\/[^"]+/g))].toSorted();
}

describe('Microsoft’s schema', () => {
  it('would object', async () => {
    const manifest = manifestFor(plan);
    expect(await objectionsTo({ ...manifest, version: 'x'.repeat(257) })).toEqual([
      'version: must NOT have more than 256 characters',
    ]);
    expect(await objectionsTo({ ...manifest, id: 'an id' })).toEqual([
      expect.stringMatching(/^id: must match pattern/),
    ]);
    const crowded = {
      ...bot,
      commandLists: [{ ...personal, commands: Array(13).fill({ title: 'a' }) }, team],
    } as const;
    expect(await objectionsTo({ ...manifest, bots: [crowded] })).toHaveLength(1);
    expect(await objectionsTo(Object.assign({ surprise: 1 }, manifest))).toHaveLength(1);
  });

  it('takes it whatever the host, with a tab and without', async () => {
    const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/);
    // A host of over 253 characters is nobody's.
    const host = fc.array(label, { minLength: 1, maxLength: 12 }).map((labels) => labels.join('.').slice(-253));
    const port = fc.oneof(
      fc.constant(''),
      fc.integer({ min: 1, max: 65_535 }).map((number) => `:${number}`),
    );
    const path = fc.oneof(
      fc.constant(''),
      fc.webPath().map((given) => given.replace(/\/+$/, '')),
    );
    const given = fc.record({
      publicUrl: fc
        .tuple(host, port, path)
        .map((parts) => `https://${parts.join('')}`)
        .filter((url) => URL.canParse(url)),
      botId: fc.uuid(),
      tabAppId: fc.oneof(fc.constant(''), fc.uuid()),
      version: fc.stringMatching(/^\d{1,3}\.\d{1,3}\.\d{1,3}$/),
    });
    await fc.assert(
      fc.asyncProperty(given, async (any) => {
        expect(await objectionsTo(manifestFor(any))).toEqual([]);
      }),
      { numRuns: 200, examples: [[{ ...plan, publicUrl: `https://${'long.'.repeat(50)}uk:8443/network` }]] },
    );
  });
});

describe('the manifest', () => {
  it('leads to this deployment alone, and to the tab only where there is one', () => {
    const pages = [publicUrl, `${publicUrl}/privacy`, `${publicUrl}/terms`];
    expect(addressesIn(manifestFor(bare))).toEqual(pages.toSorted());
    const tab = [`${publicUrl}/tab`, `api://network.example.org/${tabAppId}`];
    expect(addressesIn(manifestFor(plan))).toEqual([...pages, ...tab].toSorted());
    expect(manifestFor(bare)).not.toHaveProperty('staticTabs');
    expect(manifestFor(bare)).not.toHaveProperty('webApplicationInfo');
    expect(manifestFor(plan).staticTabs?.map(({ entityId }) => entityId)).toEqual(['conversations', 'home', 'about']);
  });

  it('names the host with its port, as Teams compares it with where the tab comes from', () => {
    const manifest = manifestFor({ ...plan, publicUrl: 'https://Network.example.org:8443/network' });
    expect(manifest.validDomains).toEqual(['network.example.org:8443']);
    expect(manifest.webApplicationInfo?.resource).toBe(`api://network.example.org:8443/${tabAppId}`);
    expect(manifest.staticTabs?.[1].contentUrl).toBe('https://Network.example.org:8443/network/tab');
  });

  it('is the same app for the same bot, whatever else changes, and another for another bot', () => {
    const id = '3f724eff-ebe4-57d0-8108-5aa5e0a5d7c5';
    // Once in Teams' catalogue, a deployment's id can change no more: this is what it was.
    expect(manifestFor(plan).id).toBe(id);
    expect(manifestFor({ ...bare, publicUrl: 'https://elsewhere.example', version: '9.0.0' }).id).toBe(id);
    expect(manifestFor({ ...plan, botId: tabAppId }).id).not.toBe(id);
    fc.assert(
      fc.property(fc.uuid(), (any) => {
        // RFC 9562: version 5, of the usual variant.
        expect(manifestFor({ ...plan, botId: any }).id).toMatch(
          /^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
        );
      }),
    );
  });

  it('lists every word a member needs each week: what does not fit, help and the settings lead to', () => {
    const all = Object.entries(words).map(([title, { description }]) => ({ title, description }));
    const left = all.filter(({ title }) => !personal.commands.some((command) => command.title === title));
    expect(left.map(({ title }) => title)).toEqual([
      ...[
        'map',
        'search',
        'themes',
        'diary',
        'topics',
        'drafts',
        'profile',
        'accounts',
        'connect',
        'export',
        'console',
      ],
      ...['leave', 'erase'],
    ]);
    expect(personal.commands).toEqual(all.filter((word) => !left.includes(word)));
    expect(personal.commands).toHaveLength(12);
    // One list for each scope: https://learn.microsoft.com/microsoft-365/extensibility/schema/root-bots-command-lists
    expect(bot.commandLists.map(({ scopes }) => scopes)).toEqual([['personal'], ['team']]);
    for (const { title } of team.commands) expect(words).toHaveProperty(title);
  });

  it('white can be read on its colour: https://www.w3.org/TR/WCAG22/#contrast-minimum', () => {
    const channels = manifestFor(plan).accentColor.match(/[0-9a-f]{2}/g) ?? [];
    const linear = channels
      .map((channel) => Number.parseInt(channel, 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    const luminance = [0.2126, 0.7152, 0.0722].reduce((sum, share, index) => sum + share * (linear[index] ?? 1), 0);
    expect(1.05 / (luminance + 0.05)).toBeGreaterThan(7);
  });

  it('asks for nothing that the adapter does not do', () => {
    expect(bot).toMatchObject({ botId, scopes: ['personal', 'team'], isNotificationOnly: false, supportsFiles: false });
    expect(manifestFor(plan)).not.toHaveProperty('authorization');
    expect(manifestFor(plan).permissions).toEqual(['identity', 'messageTeamMembers']);
    const ours = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
    // Teams reads three numbers.
    expect(JSON.parse(ours).version).toMatch(/^\d+\.\d+\.\d+$/);
  });
});
