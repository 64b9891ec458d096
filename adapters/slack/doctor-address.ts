import { type Finding, finding } from '../../src/commands/doctor.ts';
import type { SlackConfig } from '../../src/config.ts';
import { isStandIn } from './doctor-silence.ts';
import { type Heard, probe, type Silence } from './probe.ts';

/** Looks whether Slack's requests, and in Socket Mode those who install the app, can reach us. */
export async function examineAddress(
  publicUrl: string,
  { access, apiUrl, appToken }: SlackConfig,
  limitMs: number,
): Promise<readonly Finding[]> {
  const isSocket = appToken !== '';
  if (isSocket && access.kind === 'token') return [];
  if (!publicUrl.startsWith('https:') && !isStandIn(apiUrl)) {
    const remedy = isSocket ? '' : ', or use Socket Mode (SLACK_APP_TOKEN), which needs no address';
    const found = `${publicUrl} is not https, and Slack accepts nothing else`;
    return [finding('Slack address', found, `Set PUBLIC_URL to an https address${remedy}.`)];
  }
  // Whoever installs the app is sent back by their own browser: what that one can open, this machine need not.
  if (isSocket) return [];
  const address = `${publicUrl}/slack/events`;
  // Unsigned, so that our guard refuses it: a 401 of ours is the proof that requests arrive.
  const heard = await probe(address, { 'content-type': 'application/json' }, limitMs);
  return [heard.kind === 'heard' ? describeAnswer(address, heard) : describeNone(address, heard)];
}

function describeAnswer(address: string, { status, headers }: Heard): Finding {
  if (status === 401 && !headers.has('www-authenticate')) {
    return finding('Slack address', `${address} answers, and refuses what Slack did not sign`);
  }
  const { what, mend } = explain(status);
  return finding('Slack address', `${address} answers HTTP ${status}: ${what}`, mend);
}

/** An answer that is not our guard's. */
function explain(status: number): { readonly what: string; readonly mend: string } {
  if (status >= 500) {
    const mend = 'Start Colloquy, and see that the proxy in front of it passes on to PORT.';
    return { what: 'the proxy is there, but Colloquy is not', mend };
  }
  if (status >= 300 && status < 400) {
    return { what: 'it sends on to another address', mend: 'Set PUBLIC_URL to the address it sends on to.' };
  }
  switch (status) {
    case 401:
      return { what: 'something asks for a password', mend: 'Let /slack/ pass the proxy without one.' };
    case 403:
      return { what: 'something refuses it', mend: 'Let /slack/ pass the proxy and the firewall.' };
    case 404:
      return {
        what: 'Colloquy runs without Slack there, or it is not Colloquy',
        mend: 'Start Colloquy again with these settings, and see that the proxy passes /slack/ on to PORT.',
      };
    default:
      return { what: 'Colloquy would answer 401', mend: 'See that PUBLIC_URL leads to Colloquy, and to nothing else.' };
  }
}

/** What can be done where nothing answers at our own address. */
const mendings: Readonly<Record<Silence['kind'], string>> = {
  late: 'See that the firewall lets requests in. If only this machine cannot open it, try from outside.',
  refused: 'Start Colloquy, and see that the proxy in front of it listens at this address.',
  broken: 'See that the proxy in front of Colloquy works. If only this machine cannot open it, try from outside.',
  'unknown-name': 'Enter the name in your DNS, or mend PUBLIC_URL.',
  untrusted: 'Give it a certificate that is valid for this name: Slack accepts no other.',
};

function describeNone(address: string, { kind, why }: Silence): Finding {
  return finding('Slack address', `${address}: ${why}`, mendings[kind]);
}
