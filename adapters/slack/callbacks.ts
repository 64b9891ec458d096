/** The ids by which Slack names our shortcuts: the app's manifest declares them, and Slack sends them back. */
export const callbacks = {
  /** Global: suggest a topic for a conversation. */
  suggestTopic: 'suggest_topic',
  /** On a message: turn it into a topic. */
  messageTopic: 'message_topic',
} as const;
