import { z } from 'zod';
import { RoundInput } from '../../src/matching/scoring/model.ts';

/** The file format of `colloquy match solve`, for editors and other programs: docs/matching.schema.json. */
export function schemaText(): string {
  const schema = z.toJSONSchema(RoundInput, { io: 'input' });
  return `${JSON.stringify({ title: 'A round for colloquy match solve', ...schema }, undefined, 2)}\n`;
}
