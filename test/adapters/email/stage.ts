import { type EmailChannel, openEmail } from '../../../adapters/email/app.ts';
import type { Outbounds } from '../../../src/delivery/route.ts';
import { createLog } from '../../../src/log.ts';
import type { Member } from '../../../src/network/model.ts';
import { openTestCore, settleAll, type TestCore } from '../../support/core.ts';
import { addActive } from '../../support/people.ts';
import { startSmtp, type TestSmtp } from '../../support/smtp.ts';

/** The first Monday after a test begins, at the hour of the prompt. */
export const monday = new Date('2027-03-08T09:00:00Z');

/** A network whose only way out is e-mail, to a real mail server. */
export interface Stage extends TestCore {
  readonly smtp: TestSmtp;
  readonly email: EmailChannel;
  readonly outbounds: Outbounds;
  /** Someone who has joined and been sent the welcome. */
  joined(): Promise<Member>;
  settle(): Promise<void>;
}

export async function openStage(): Promise<Stage> {
  const test = await openTestCore();
  const smtp = await startSmtp();
  const options = { smtpUrl: smtp.url, from: 'Colloquy <bot@network.example>' };
  const email = openEmail(test.core, options, createLog('silent'));
  const outbounds: Outbounds = new Map([['email', email.outbound]]);
  const settle = () => settleAll(test.core, outbounds);
  return {
    ...test,
    smtp,
    email,
    outbounds,
    settle,
    async joined() {
      const member = await addActive(test.core);
      await settle();
      return member;
    },
    async close() {
      await email.close();
      await smtp.close();
      await test.close();
    },
  };
}
