import type { Core } from '../core.ts';
import type { DownloadFile } from '../download-file.ts';
import type { Chosen } from '../download-link.ts';
import type { Member } from '../network/model.ts';
import { dayOf } from '../time/days.ts';
import { journalContents } from './journal-contents.ts';
import { toDocument } from './journal-document.ts';
import { toMarkdown } from './journal-markdown.ts';

/** What was chosen of the member's journal, as Markdown; `undefined` when there is nothing in it. */
export async function journalMarkdown(core: Core, member: Member, chosen: Chosen): Promise<DownloadFile | undefined> {
  const contents = await journalContents(core, member, chosen);
  if (contents === undefined) return undefined;
  return { name: fileName(core, member, 'md'), type: 'text/markdown; charset=utf-8', body: toMarkdown(contents) };
}

/** The same as a document for an appraisal; `undefined` when there is nothing in it. */
export async function journalDocument(core: Core, member: Member, chosen: Chosen): Promise<DownloadFile | undefined> {
  const contents = await journalContents(core, member, chosen);
  if (contents === undefined) return undefined;
  return { name: fileName(core, member, 'docx'), type: documentType, body: await toDocument(contents) };
}

/** https://www.iana.org/assignments/media-types/application/vnd.openxmlformats-officedocument.wordprocessingml.document */
const documentType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

function fileName(core: Core, member: Member, ending: string): string {
  return `reflection-journal-${dayOf(core.clock.now(), member.zone)}.${ending}`;
}
