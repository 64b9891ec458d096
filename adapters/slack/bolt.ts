import { App, type ReceiverEvent } from '@slack/bolt';

/** Bolt's app, which would keep a client for every token it ever saw; and a workspace's token may change twice a day. */
export class SlackApp extends App {
  override async processEvent(event: ReceiverEvent): Promise<void> {
    Object.assign(this, { clients: {} });
    await super.processEvent(event);
  }
}
