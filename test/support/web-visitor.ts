import { type Element, findAll, isTag, parsePage, textOf } from './web-page.ts';

/** A page as a visitor got it. */
export interface Visited {
  readonly status: number;
  /** The address that answered, after redirects, without the host. */
  readonly path: string;
  readonly html: string;
  readonly page: Element;
  readonly main: string;
}

/** One browser without scripts: it keeps cookies, follows redirects, and sends forms as they stand. */
export interface Visitor {
  get(path: string): Promise<Visited>;
  post(path: string, fields: Fields, headers?: Readonly<Record<string, string>>): Promise<Visited>;
  /** Sends a form of the page, filled with `answers` by the name of the field. */
  send(form: Element, answers?: Fields): Promise<Visited>;
  readonly cookies: Map<string, string>;
}

/** Boxes that share a name are one field of several values. */
export type Fields = Readonly<Record<string, string | readonly string[]>>;

export function openVisitor(url: string, cookies = new Map<string, string>()): Visitor {
  async function visit(path: string, init: RequestInit): Promise<Visited> {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const headers = { ...Object.fromEntries(new Headers(init.headers)), cookie };
    const response = await fetch(`${url}${path}`, { ...init, headers, redirect: 'manual' });
    keep(cookies, response);
    const location = response.headers.get('location');
    if (location !== null) return await visit(location, {});
    const html = await response.text();
    const page = parsePage(html);
    const main = findAll(page, isTag('main'))[0];
    return { status: response.status, path, html, page, main: main === undefined ? '' : textOf(main) };
  }
  function post(path: string, fields: Fields, headers: Readonly<Record<string, string>> = {}): Promise<Visited> {
    return visit(path, { method: 'POST', body: encode(fields), headers });
  }
  return {
    cookies,
    post,
    get: (path) => visit(path, {}),
    send(form, answers = {}) {
      const fields = { ...fieldsOf(form), ...answers };
      const action = form.attributes['action'] ?? '';
      if (form.attributes['method'] === 'post') return post(action, fields);
      return visit(`${action}?${encode(fields)}`, {});
    },
  };
}

function keep(cookies: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    if (value === '') cookies.delete(name);
    else cookies.set(name, value);
  }
}

/** What a form would send as it stands. */
export function fieldsOf(form: Element): Fields {
  const boxes = findAll(form, isTag('input')).filter(({ attributes }) => attributes['type'] === 'checkbox');
  const ticked = boxes.map(({ attributes: { name } }) => [name ?? '', tickedValues(boxes, name)] as const);
  const inputs = findAll(form, isTag('input'))
    .filter(isSent)
    .map((input) => [input, input.attributes['value'] ?? ''] as const);
  const areas = findAll(form, isTag('textarea')).map((area) => [area, area.children.join('')] as const);
  const selects = findAll(form, isTag('select')).map((select) => [select, chosen(select)] as const);
  const all = [...inputs, ...areas, ...selects].map(([field, value]) => [field.attributes['name'] ?? '', value]);
  return Object.fromEntries([...all, ...ticked]);
}

function tickedValues(boxes: readonly Element[], name: string | undefined): readonly string[] {
  const ticked = boxes.filter(({ attributes }) => attributes['name'] === name && 'checked' in attributes);
  return ticked.map(({ attributes }) => attributes['value'] ?? '');
}

function isSent({ attributes }: Element): boolean {
  if (attributes['type'] === 'checkbox') return false;
  return attributes['type'] !== 'radio' || 'checked' in attributes;
}

function encode(fields: Fields): URLSearchParams {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, one]),
  );
  return new URLSearchParams(pairs);
}

function chosen(select: Element): string {
  return findAll(select, (option) => 'selected' in option.attributes)[0]?.attributes['value'] ?? '';
}

/** The forms whose button says this, in the order of the page. */
export function formsSaying(page: Element, label: string): readonly Element[] {
  return findAll(page, isTag('form')).filter((form) =>
    findAll(form, isTag('button')).some((button) => textOf(button) === label),
  );
}
