/**
 * The part of Adaptive Cards 1.5 that we write; Teams shows nothing newer.
 * https://adaptivecards.io/explorer/
 */
export interface Card {
  readonly type: 'AdaptiveCard';
  readonly $schema: 'http://adaptivecards.io/schemas/adaptive-card.json';
  readonly version: '1.5';
  readonly msteams: { readonly width: 'Full' };
  readonly body: readonly Element[];
}

export type Element = TextBlock | Container | FactSet | RichTextBlock | ActionSet | Input;

export interface TextBlock {
  readonly type: 'TextBlock';
  readonly text: string;
  readonly wrap: true;
  readonly style?: 'heading';
  readonly size?: 'Medium' | 'Large';
  readonly weight?: 'Bolder';
}

interface Container {
  readonly type: 'Container';
  readonly items: readonly Element[];
  readonly style?: 'emphasis' | 'attention';
  readonly separator?: true;
  readonly spacing?: 'Large';
}

/** Text in which nothing is read as Markdown, and every line break counts. It wraps by itself. */
export interface RichTextBlock {
  readonly type: 'RichTextBlock';
  readonly inlines: readonly { readonly type: 'TextRun'; readonly text: string; readonly strikethrough?: true }[];
}

interface FactSet {
  readonly type: 'FactSet';
  readonly facts: readonly { readonly title: string; readonly value: string }[];
}

export interface ActionSet {
  readonly type: 'ActionSet';
  readonly actions: readonly Action[];
}

export type Payload = Readonly<Record<string, unknown>>;
type Style = { readonly style?: 'positive' | 'destructive' };
export type Submit = Style & { readonly type: 'Action.Submit'; readonly title: string; readonly data: Payload };
type Execute = Style & {
  readonly type: 'Action.Execute';
  readonly title: string;
  readonly verb: string;
  readonly data: Payload;
  /** For a client that does not know Action.Execute. */
  readonly fallback: Submit;
};
type OpenUrl = { readonly type: 'Action.OpenUrl'; readonly title: string; readonly url: string };
export type Action = Submit | Execute | OpenUrl;

interface Asked {
  readonly id: string;
  readonly label: string;
  readonly isRequired: boolean;
  readonly errorMessage: string;
}

export type Input = Asked &
  (
    | { readonly type: 'Input.Text'; readonly isMultiline: boolean; readonly maxLength: number; readonly value: string }
    | { readonly type: 'Input.Number'; readonly min: number; readonly max: number; readonly value?: number }
    | {
        readonly type: 'Input.ChoiceSet';
        readonly style: 'compact';
        readonly placeholder: string;
        readonly choices: readonly { readonly title: string; readonly value: string }[];
        readonly value: string;
      }
    | {
        readonly type: 'Input.ChoiceSet';
        readonly style: 'expanded';
        readonly isMultiSelect: true;
        readonly wrap: true;
        readonly choices: readonly { readonly title: string; readonly value: string }[];
        /** With commas between. */
        readonly value: string;
      }
    | { readonly type: 'Input.Date'; readonly value?: string }
    | { readonly type: 'Input.Time'; readonly value?: string }
  );

export function card(body: readonly Element[]): Card {
  return {
    type: 'AdaptiveCard',
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    version: '1.5',
    msteams: { width: 'Full' },
    body,
  };
}
