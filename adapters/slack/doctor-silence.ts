import { type Finding, finding } from '../../src/commands/doctor.ts';
import type { Heard, Silence } from './probe.ts';

/** A stand-in of Slack, on this machine: it may reach us without https. */
export function isStandIn(apiUrl: string): boolean {
  return new URL(apiUrl).protocol === 'http:';
}

const byProxy = 'where the way out is a proxy, set HTTPS_PROXY and NODE_USE_ENV_PROXY=1.';
const wayOut = `See that no firewall stands between; ${byProxy}`;

/** What can be done where Slack's Web API cannot be asked. */
const mendings: Readonly<Record<Silence['kind'], string>> = {
  late: wayOut,
  refused: wayOut,
  broken: wayOut,
  'unknown-name': `See that this machine can look up names (DNS); ${byProxy}`,
  untrusted: 'Something between shows a certificate of its own: name the file of its authority in NODE_EXTRA_CA_CERTS.',
};

/** Slack's Web API did not answer, or something answered in its place. */
export function describeSilence(silence: Heard | Silence, apiUrl: string): Finding {
  const { host } = new URL(apiUrl);
  if (silence.kind !== 'heard') {
    const mend = isStandIn(apiUrl) ? 'See that SLACK_API_URL is right, and that it answers.' : mendings[silence.kind];
    return finding('Slack', `${host}: ${silence.why}`, mend);
  }
  const mend =
    silence.status >= 500
      ? 'See https://slack-status.com, and look again later.'
      : 'A proxy or firewall answers in Slack’s place, or SLACK_API_URL is wrong: let this machine through to Slack.';
  return finding('Slack', `${host} answers HTTP ${silence.status}, and not as Slack does`, mend);
}
