import { createRequire } from 'node:module';
import type { SerializationContext as Context } from 'adaptivecards';

// The package's own entry is written for bundlers; this file of it is for everybody else.
const { AdaptiveCard, SerializationContext, Versions }: typeof import('adaptivecards') = createRequire(import.meta.url)(
  'adaptivecards/dist/adaptivecards.js',
);

/**
 * What Microsoft's own parser says against a card when it may use nothing newer than version 1.5; nothing when it is
 * right. An element that it does not know, or that it takes to be of a later version, is one of these.
 */
export function parserObjections(json: object): readonly string[] {
  const context = new SerializationContext(Versions.v1_5);
  const card = new AdaptiveCard();
  card.parse(json, context);
  const found = card.validateProperties().validationEvents.map(({ message }) => message);
  return [...events(context), ...found];
}

function events(context: Context): readonly string[] {
  return Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
}
