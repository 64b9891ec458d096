/** An element of one of our own pages, which are well formed; text stands among its children. */
export interface Element {
  readonly tag: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly (Element | string)[];
}

interface Growing extends Element {
  readonly children: (Element | string)[];
}

const voids = new Set(['meta', 'link', 'input', 'br', 'hr', 'img']);

/** @throws Error where a tag is closed that is not open: then the markup is not what it was meant to be */
export function parsePage(markup: string): Element {
  const root: Growing = { tag: '', attributes: {}, children: [] };
  const open: Growing[] = [root];
  for (const token of markup.match(/<textarea[^>]*>[^<]*|<[^>]*>|[^<]+/g) ?? []) {
    const into = open.at(-1) ?? root;
    const tag = /^<(\/?)([a-z][a-z0-9]*)((?:\s[^>]*)?)>([\s\S]*)$/i.exec(token);
    if (tag === null) {
      if (!token.startsWith('<!')) into.children.push(decode(token));
      continue;
    }
    const [, slash = '', name = '', attributes = '', text = ''] = tag;
    if (slash === '/') {
      if (open.pop()?.tag !== name) throw new Error(`</${name}> closes nothing`);
      continue;
    }
    const children = text === '' ? [] : [decode(text).replace(/^\n/, '')];
    const element: Growing = { tag: name, attributes: readAttributes(attributes), children };
    into.children.push(element);
    if (!voids.has(name)) open.push(element);
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)?.tag}> is not closed`);
  return root;
}

function readAttributes(text: string): Readonly<Record<string, string>> {
  const found = [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/g)];
  return Object.fromEntries(found.map(([, name = '', value = '']) => [name, decode(value)]));
}

const entities: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

function decode(text: string): string {
  return text.replace(/&(?:lt|gt|quot|#39|amp);/g, (entity) => entities[entity] ?? entity);
}

/** Every element below that passes, in the order of the page. */
export function findAll(element: Element, passes: (element: Element) => boolean): readonly Element[] {
  return element.children.flatMap((child) => {
    if (typeof child === 'string') return [];
    return [...(passes(child) ? [child] : []), ...findAll(child, passes)];
  });
}

export function hasClass(name: string): (element: Element) => boolean {
  return ({ attributes }) => (attributes['class'] ?? '').split(' ').includes(name);
}

export function isTag(name: string): (element: Element) => boolean {
  return (element) => element.tag === name;
}

/** What a person reads, what stands in the fields included; what only a screen reader says is left out. */
export function textOf(element: Element): string {
  return read(element)
    .replace(/\s*\n\s*/g, '\n')
    .replace(/[^\S\n]+/g, ' ')
    .trim();
}

function read(element: Element): string {
  if (hasClass('govuk-visually-hidden')(element)) return '';
  if (element.tag === 'input') return isShown(element) ? ` ${element.attributes['value'] ?? ''}\n` : '';
  const text = element.children.map((child) => (typeof child === 'string' ? child : read(child))).join('');
  return element.tag === 'span' || element.tag === 'a' || element.tag === 'strong' ? text : `${text}\n`;
}

function isShown({ attributes }: Element): boolean {
  return !['hidden', 'radio', 'checkbox'].includes(attributes['type'] ?? '');
}
