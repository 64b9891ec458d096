/**
 * Where anybody can have an address, so that it says nothing of where they work: those that most people in the United
 * Kingdom have.
 */
const publicMail: ReadonlySet<string> = new Set([
  'aol.com',
  'aol.co.uk',
  'btinternet.com',
  'btopenworld.com',
  'fastmail.com',
  'gmail.com',
  'gmx.co.uk',
  'gmx.com',
  'googlemail.com',
  'hey.com',
  'hotmail.co.uk',
  'hotmail.com',
  'icloud.com',
  'live.co.uk',
  'live.com',
  'mac.com',
  'mail.com',
  'me.com',
  'msn.com',
  'ntlworld.com',
  'outlook.com',
  'pm.me',
  'proton.me',
  'protonmail.com',
  'sky.com',
  'talktalk.net',
  'tiscali.co.uk',
  'virginmedia.com',
  'yahoo.co.uk',
  'yahoo.com',
  'ymail.com',
  'zoho.com',
]);

export function isPublicMail(domain: string): boolean {
  return publicMail.has(domain);
}

/** What stands behind the at sign. */
function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1);
}

/** Whether an address is one of a council with these domains: those below one are its too. */
export function isOfDomains(email: string, domains: readonly string[]): boolean {
  const own = domainOf(email);
  return domains.some((domain) => own === domain || own.endsWith(`.${domain}`));
}
