/** An e-mail as it came over the wire, taken apart. It reads what nodemailer writes, not every e-mail there is. */
export interface ParsedEmail {
  /** By name in lower case; each value unfolded, with encoded words decoded, in order. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly text: string;
  readonly html: string;
  /** Everything in it that holds no parts of its own, in order: the words again, and what else came with them. */
  readonly parts: readonly ParsedPart[];
}

export interface ParsedPart {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  /** Decoded, its line ends as they came. */
  readonly body: string;
}

export function parseEmail(raw: string): ParsedEmail {
  const whole = splitPart(raw);
  const parts = leaves(whole);
  const find = (type: string): string => {
    const part = parts.find((one) => one.headers.get('content-type')?.[0]?.startsWith(type));
    return part === undefined ? '' : decodeBody(part).replaceAll('\r\n', '\n');
  };
  const decoded = parts.map((part) => ({ headers: part.headers, body: decodeBody(part) }));
  return { headers: whole.headers, text: find('text/plain'), html: find('text/html'), parts: decoded };
}

/** Parts may hold parts: what is to be read stands beside what is to be kept. */
function leaves(part: Part): readonly Part[] {
  const boundary = /boundary="([^"]+)"/.exec(part.headers.get('content-type')?.[0] ?? '')?.[1];
  return boundary === undefined ? [part] : splitBody(part.body, boundary).map(splitPart).flatMap(leaves);
}

interface Part {
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: string;
}

function splitPart(raw: string): Part {
  const end = raw.indexOf('\r\n\r\n');
  const headers = new Map<string, string[]>();
  const unfolded = raw.slice(0, end).replace(/\r\n(?=[ \t])/g, '');
  for (const line of unfolded.split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), decodeWords(line.slice(colon + 1).trim())]);
  }
  return { headers, body: raw.slice(end + 4) };
}

function splitBody(body: string, boundary: string): readonly string[] {
  const [inside = ''] = `\r\n${body}`.split(`\r\n--${boundary}--`);
  return inside.split(`\r\n--${boundary}\r\n`).slice(1);
}

function decodeBody({ headers, body }: Part): string {
  switch (headers.get('content-transfer-encoding')?.[0]) {
    case 'base64':
      return Buffer.from(body, 'base64').toString('utf8');
    case 'quoted-printable':
      return decodeQuoted(body.replaceAll('=\r\n', '')).toString('utf8');
    default:
      return body;
  }
}

function decodeQuoted(text: string): Buffer {
  const bytes = text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1');
}

/** RFC 2047: neighbouring words are joined before their bytes are read, as a character may be split between them. */
function decodeWords(value: string): string {
  return value.replace(/=\?UTF-8\?([QB])\?[^?]*\?=(?:\s+=\?UTF-8\?\1\?[^?]*\?=)*/gi, (words) => {
    const parts = [...words.matchAll(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi)].map(([, encoding, text = '']) =>
      encoding?.toUpperCase() === 'B' ? Buffer.from(text, 'base64') : decodeQuoted(text.replaceAll('_', ' ')),
    );
    return Buffer.concat(parts).toString('utf8');
  });
}
