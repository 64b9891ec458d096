import { readFileSync } from 'node:fs';
import { Ajv, type ErrorObject } from 'ajv';
import draft06 from 'ajv/dist/refs/json-schema-draft-06.json' with { type: 'json' };
import { z } from 'zod';

const file = new URL('./adaptive-card-schema.json', import.meta.url);
const { id: _named, ...published } = z.looseObject({ id: z.string() }).parse(JSON.parse(readFileSync(file, 'utf8')));

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
ajv.addMetaSchema(draft06);
const validate = ajv.compile(published);

/**
 * What Microsoft's JSON schema of Adaptive Cards 1.5 says against a card; nothing when it is right.
 * It knows nothing of what a host adds to a card, as Teams does with `msteams` at its root: that is taken away before.
 */
export function schemaObjections(card: object): readonly string[] {
  const { msteams: _ofTeams, ...plain } = z.looseObject({ msteams: z.unknown().optional() }).parse(card);
  return validate(plain) ? [] : (validate.errors ?? []).map(inWords);
}

function inWords({ instancePath, message, params }: ErrorObject): string {
  return `${instancePath} ${message} ${JSON.stringify(params)}`;
}
