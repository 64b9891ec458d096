import { escapeHtml } from '../messages/escape.ts';
import type { Entry, Section } from './export-entry.ts';

/*
 * A page that opens by itself: nothing is fetched, nothing is run, and every text of the member's is escaped.
 */

const styles = `
body { font: 1.0625rem/1.5 Arial, Helvetica, sans-serif; color: #0b0c0c; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 2rem; } h2 { font-size: 1.5rem; margin-top: 2.5rem; border-top: 2px solid #0b0c0c; padding-top: 1rem; }
h3 { font-size: 1.1875rem; margin-bottom: .25rem; }
dl { margin: 0; } dt { font-weight: bold; margin-top: .5rem; } dd { margin: 0; overflow-wrap: anywhere; }
blockquote { margin: .25rem 0; padding: .5rem 1rem; border-left: .5rem solid #b1b4b6; white-space: pre-wrap; overflow-wrap: anywhere; }
@media print { h3, dt { break-after: avoid; } }`;

/** @param sections what there is nothing of is left out */
export function readableFile(heading: string, intro: string, sections: readonly Section[]): string {
  const filled = sections.filter(({ entries }) => entries.length > 0);
  return `<!doctype html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="referrer" content="no-referrer">
<title>${escapeHtml(heading)}</title>
<style>${styles}
</style>
</head>
<body>
<main>
<h1>${escapeHtml(heading)}</h1>
<p>${escapeHtml(intro)}</p>
${filled.map(section).join('\n')}
</main>
</body>
</html>
`;
}

function section({ heading, entries }: Section): string {
  return `<section>\n<h2>${escapeHtml(heading)}</h2>\n${entries.map(part).join('\n')}\n</section>`;
}

function part({ heading, pairs, written }: Entry): string {
  const facts = pairs.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('\n');
  const list = facts === '' ? '' : `\n<dl>\n${facts}\n</dl>`;
  const texts = written.map(
    ([label, text]) => `\n<h4>${escapeHtml(label)}</h4>\n<blockquote>${escapeHtml(text)}</blockquote>`,
  );
  return `<h3>${escapeHtml(heading)}</h3>${list}${texts.join('')}`;
}
