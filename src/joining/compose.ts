import type { Core } from '../core.ts';
import { type Composed, type Delivery, drop } from '../delivery/model.ts';
import type { Member } from '../network/model.ts';
import type { JoiningDelivery } from './model.ts';
import { composeBuddy, composePath } from './path.ts';
import * as asking from './request-messages.ts';
import { findJoinRequest } from './requests.ts';
import { requested } from './review-messages.ts';

export async function composeJoining(
  core: Core,
  kind: JoiningDelivery,
  delivery: Delivery,
  member: Member,
): Promise<Composed> {
  switch (kind) {
    case 'joining.requested':
      return await composeRequested(core, delivery.subject, member);
    case 'joining.approved':
      if (member.status === 'active') return drop('they have joined');
      return { kind: 'say', message: asking.mayJoin() };
    case 'joining.path':
      return await composePath(core, delivery, member);
    case 'joining.buddy':
      return await composeBuddy(core, delivery, member);
  }
}

async function composeRequested(core: Core, requestId: string, member: Member): Promise<Composed> {
  if (member.permission !== 'convener') return drop('the member is no convener any more');
  const request = await findJoinRequest(core.db, requestId);
  if (request === undefined) return drop('the request is no longer there');
  if (request.decision !== undefined) return drop('the request is decided');
  return { kind: 'say', message: requested(request) };
}

/** Tells whoever asked to be let in that they were not. */
export async function composeRefused(core: Core, requestId: string): Promise<Composed> {
  const request = await findJoinRequest(core.db, requestId);
  if (request?.decision?.kind !== 'refused') return drop('the request is no longer refused');
  return { kind: 'say', message: asking.refused(request.decision.reason) };
}
