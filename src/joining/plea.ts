import { z } from 'zod';
import type { IntentOf } from '../asker.ts';
import { tidy } from '../messages/answers.ts';
import { Level, nameLength } from '../network/model.ts';
import { lengths } from './model.ts';
import { problems } from './problem-messages.ts';
import { problemsOf, type Read, readLine } from './rules.ts';

/** What somebody says of themselves who asks to be let in. */
export interface Plea {
  readonly name: string;
  /** In lower case; only a platform can vouch for it. */
  readonly email: string;
  /** As they wrote it. */
  readonly council: string;
  readonly role: string;
  readonly level: Level;
  readonly note: string;
}

/** Of an address: https://www.rfc-editor.org/errata/eid1690 */
const emailLength = 254;

export function readPlea(answers: Extract<IntentOf<'joining'>, { kind: 'joining.request' }>): Read<Plea> {
  const name = readLine(answers.name, problems.name);
  const email = answers.email.trim().toLowerCase();
  const council = readLine(answers.council, problems.council);
  const role = readLine(answers.role, problems.role);
  const level = Level.safeParse(answers.level);
  const note = tidy(answers.note);
  const isEmail = email.length <= emailLength && z.email().safeParse(email).success;
  const wrong = problemsOf({
    name: name.line.length > nameLength ? problems.nameTooLong : name.problem,
    email: isEmail ? '' : problems.email,
    council: council.problem,
    role: role.problem,
    level: level.success ? '' : problems.level,
    note: note.length > lengths.note ? problems.note : '',
  });
  if (wrong.length > 0 || !level.success) return { kind: 'wrong', problems: wrong };
  const said = { name: name.line, email, council: council.line, role: role.line, level: level.data, note };
  return { kind: 'said', said };
}
