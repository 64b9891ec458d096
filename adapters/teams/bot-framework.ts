import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import {
  CloudAdapter,
  ConfigurationBotFrameworkAuthentication,
  type Activity as SdkActivity,
  TeamsInfo,
  type TurnContext,
} from 'botbuilder';
import { z } from 'zod';
import { Permanent } from '../../src/errors.ts';
import { type Credentials, createCredentials } from './credentials.ts';
import type { ChatActivity } from './render.ts';
import { type Place, RosterEntry } from './schema.ts';

/** Whom we believe, and whom we show our own token to. */
export interface Trust {
  readonly appId: string;
  /** Of the tokens that come with requests. */
  readonly issuer: string;
  /** The OpenID document that leads to the keys those are signed with. */
  readonly metadataUrl: string;
  readonly credentials: Credentials;
  /** May our token go to this address? */
  isService(serviceUrl: string): boolean;
}

/** The calls we make to Teams. Each is tried once, and ends after `withinMs`; its errors are read in `errors.ts`. */
export interface Connector {
  /** @returns Teams' id of the new message; '' when it gave none */
  send(place: Place, activity: ChatActivity | TextActivity, withinMs: number): Promise<string>;
  update(place: Place, activityId: string, activity: ChatActivity, withinMs: number): Promise<void>;
  findMember(place: Place, withinMs: number): Promise<RosterEntry>;
}

export interface TextActivity {
  readonly type: 'message';
  readonly text: string;
}

export interface BotFramework extends Connector {
  /**
   * Is this request signed for us by the Bot Connector, for this channel and service?
   *
   * @throws when the keys cannot be read
   */
  isSigned(authorization: string, request: Signed): Promise<boolean>;
}

export interface Signed {
  readonly channelId: string;
  readonly serviceUrl: string;
}

/** All that we take from the SDK: it checks who calls us, and carries our calls. */
export function openBotFramework(trust: Trust): BotFramework {
  const credentials = createCredentials(trust.appId, trust.credentials);
  const authentication = new ConfigurationBotFrameworkAuthentication(settings(trust), credentials);
  const adapter = new CloudAdapter(authentication);

  /** Opens one chat's connection. Errors come out as they are, because the adapter has no error handler of its own. */
  async function within<T>(place: Place, withinMs: number, call: (turn: TurnContext) => Promise<T>): Promise<T> {
    if (!trust.isService(place.serviceUrl)) throw new Permanent('the stored address is not one that Teams answers at');
    const results: T[] = [];
    await adapter.continueConversationAsync(trust.appId, reference(place), async (turn) => {
      tryOnce(turn, withinMs);
      results.push(await call(turn));
    });
    for (const result of results) return result;
    throw new Error('The SDK ended a call without a result and without an error');
  }

  return {
    async isSigned(authorization, request) {
      try {
        const { claimsIdentity } = await authentication.authenticateRequest(Unread.parse(request), authorization);
        return claimsIdentity.isAuthenticated && claimsIdentity.getClaimValue('iss') === trust.issuer;
      } catch (error) {
        if (BadToken.safeParse(error).success) return false;
        throw error;
      }
    },
    send: (place, activity, withinMs) =>
      within(place, withinMs, async (turn) => (await turn.sendActivity(forSdk(activity)))?.id ?? ''),
    async update(place, activityId, activity, withinMs) {
      await within(place, withinMs, (turn) => turn.updateActivity({ ...forSdk(activity), id: activityId }));
    },
    findMember: (place, withinMs) =>
      within(place, withinMs, async (turn) => RosterEntry.parse(await TeamsInfo.getMember(turn, place.userId))),
  };
}

/** All of them, because the SDK fills none in once one is given. The last three are not used, and those of the public cloud. */
function settings(trust: Trust) {
  return {
    ToBotFromChannelTokenIssuer: trust.issuer,
    ToBotFromChannelOpenIdMetadataUrl: trust.metadataUrl,
    ToChannelFromBotOAuthScope: 'https://api.botframework.com',
    ToChannelFromBotLoginUrl: 'https://login.microsoftonline.com/botframework.com',
    ToBotFromEmulatorOpenIdMetadataUrl:
      'https://login.microsoftonline.com/common/v2.0/.well-known/openid-configuration',
    OAuthUrl: 'https://api.botframework.com',
    CallerId: 'urn:botframework:azure',
  };
}

/** The SDK reads the channel and the service alone, whatever else its type asks for. */
const Unread = z.custom<SdkActivity>(
  (value) => z.object({ channelId: z.string(), serviceUrl: z.string() }).safeParse(value).success,
);

/** The errors by which the SDK and its JWT library say that a token is bad; any other is trouble on our side. */
const BadToken = z.union([
  z.object({ statusCode: z.literal(401) }),
  z.object({ name: z.enum(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']) }),
]);

function reference({ serviceUrl, conversationId, tenantId, botId, userId }: Place) {
  const conversation = { id: conversationId, tenantId, isGroup: false, conversationType: 'personal', name: '' };
  return {
    channelId: 'msteams',
    serviceUrl,
    conversation,
    bot: { id: botId, name: '' },
    user: { id: userId, name: '' },
  };
}

function forSdk(activity: ChatActivity | TextActivity): Partial<SdkActivity> {
  return 'attachments' in activity ? { ...activity, attachments: [...activity.attachments] } : activity;
}

interface PipelineRequest {
  readonly url: string;
  abortSignal?: AbortSignal;
  agent?: HttpAgent;
}

interface Policy {
  readonly name: string;
  sendRequest(request: PipelineRequest, next: (request: PipelineRequest) => Promise<unknown>): Promise<unknown>;
}

interface Pipeline {
  removePolicy(policy: { readonly name: string }): readonly unknown[];
  addPolicy(policy: Policy): void;
}

const Client = z.object({
  client: z.object({
    pipeline: z.custom<Pipeline>((value) => z.looseObject({ removePolicy: z.function() }).safeParse(value).success),
  }),
});

/**
 * The SDK's client sends a message again after most errors, although it may have arrived, follows a redirect with it,
 * and waits without end. It has no setting for any of these, so its pipeline is changed here. What is tried again, and
 * when, the outbox decides.
 */
function tryOnce(turn: TurnContext, withinMs: number): void {
  const { pipeline } = Client.parse(turn.turnState.get(turn.adapter.ConnectorClientKey)).client;
  for (const name of ['defaultRetryPolicy', 'redirectPolicy']) {
    if (pipeline.removePolicy({ name }).length !== 1) throw new Error(`The SDK has no ${name} any more`);
  }
  pipeline.addPolicy({
    name: 'colloquy',
    async sendRequest(request, next) {
      request.abortSignal = AbortSignal.timeout(withinMs);
      // A proxy brings an agent of its own.
      request.agent ??= request.url.startsWith('https:') ? newHttps : newHttp;
      return await next(request);
    },
  });
}

/*
 * A connection for each message. One kept open may be closed by Teams just as we write to it, and that cannot be told
 * from a message that arrived: it would be given up as doubtful.
 */
const newHttp = new HttpAgent({ keepAlive: false });
const newHttps = new HttpsAgent({ keepAlive: false });
