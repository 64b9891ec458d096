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
import { type Credentials, createCredentials, entra } from './credentials.ts';
import { KeysUnavailable } from './entra-keys.ts';
import type { ChatActivity } from './render.ts';
import { type Place, RosterEntry, type Spot } from './schema.ts';

/** One of our bot registrations: whom we are to the tenants that use it. */
export interface Registration {
  /** In lower case; '' for the local playground. */
  readonly appId: string;
  readonly credentials: Credentials;
}

/** Whom we believe, and whom we show our own tokens to: the same for every registration. */
export interface Trust {
  /** Of the tokens that come with requests. */
  readonly issuer: string;
  /** The OpenID document that leads to the keys those are signed with. */
  readonly metadataUrl: string;
  /** May our token go to this address? */
  isService(serviceUrl: string): boolean;
}

/** The calls we make to Teams. Each is tried once, and ends after `withinMs`; its errors are read in `errors.ts`. */
export interface Connector {
  /** @returns Teams' id of the new message; '' when it gave none */
  send(spot: Spot, activity: ChatActivity | TextActivity, withinMs: number): Promise<string>;
  update(spot: Spot, activityId: string, activity: ChatActivity, withinMs: number): Promise<void>;
  remove(spot: Spot, activityId: string, withinMs: number): Promise<void>;
  findMember(place: Place, withinMs: number): Promise<RosterEntry>;
}

export interface TextActivity {
  readonly type: 'message';
  readonly text: string;
}

export interface BotFramework extends Connector {
  /**
   * Is this request signed for us by the Bot Connector, for this channel and service? It may never answer: the SDK
   * reads its own copy of the keys, each day and for an unknown key once an hour at most, and waits for it without end.
   *
   * @throws KeysUnavailable when it cannot say, because it cannot read them or read them too long ago
   */
  isSigned(authorization: string, request: Signed): Promise<boolean>;
}

export interface Signed {
  readonly channelId: string;
  readonly serviceUrl: string;
}

/** All that we take from the SDK, as one registration: it checks who calls us, and carries our calls. */
export function openBotFramework(trust: Trust, registration: Registration): BotFramework {
  const credentials = createCredentials(registration.appId, registration.credentials);
  const authentication = new ConfigurationBotFrameworkAuthentication(settings(trust), credentials);
  const adapter = new CloudAdapter(authentication);

  /** Opens one chat's connection. Errors come out as they are, because the adapter has no error handler of its own. */
  async function within<T>(spot: Spot, withinMs: number, call: (turn: TurnContext) => Promise<T>): Promise<T> {
    if (!trust.isService(spot.serviceUrl)) throw new Permanent('the stored address is not one that Teams answers at');
    const results: T[] = [];
    await adapter.continueConversationAsync(registration.appId, reference(spot), async (turn) => {
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
        if (NoKeys.safeParse(error).success) throw new KeysUnavailable('The SDK has no such keys', { cause: error });
        if (BadToken.safeParse(error).success) return false;
        throw error;
      }
    },
    send: (spot, activity, withinMs) =>
      within(spot, withinMs, async (turn) => (await turn.sendActivity(forSdk(activity)))?.id ?? ''),
    async update(spot, activityId, activity, withinMs) {
      await within(spot, withinMs, (turn) => turn.updateActivity({ ...forSdk(activity), id: activityId }));
    },
    async remove(spot, activityId, withinMs) {
      await within(spot, withinMs, (turn) => turn.deleteActivity(activityId));
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
    ToChannelFromBotOAuthScope: entra.scope,
    ToChannelFromBotLoginUrl: entra.loginUrl,
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

/** The errors by which the SDK says that it could not read its keys, or that its copy lacks the one in question. */
const NoKeys = z.union([
  z.object({ name: z.literal('FetchError') }),
  z.object({ statusCode: z.literal(500), message: z.string().startsWith('Failed to load') }),
  z.object({ statusCode: z.literal(401), message: z.literal('Signing Key could not be retrieved.') }),
]);

/** The errors by which the SDK and its JWT library say that a token is bad; any other is trouble on our side. */
const BadToken = z.union([
  z.object({ statusCode: z.literal(401) }),
  z.object({ name: z.enum(['JsonWebTokenError', 'NotBeforeError', 'TokenExpiredError']) }),
]);

/** The SDK only passes these on: Teams knows a conversation by its id. */
function reference({ serviceUrl, conversationId, tenantId, botId }: Spot) {
  const conversation = { id: conversationId, tenantId, isGroup: false, conversationType: '', name: '' };
  return { channelId: 'msteams', serviceUrl, conversation, bot: { id: botId, name: '' } };
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
