/**
 * What Slack takes, in characters (we count UTF-16 code units, which is never less than Slack counts) unless said.
 * One longer and Slack refuses the whole message or modal.
 * Blocks: https://docs.slack.dev/reference/block-kit/blocks · elements: https://docs.slack.dev/reference/block-kit/block-elements
 * Views: https://docs.slack.dev/reference/views/modal-views
 */
export const limits = {
  /** https://docs.slack.dev/reference/block-kit/blocks */
  messageBlocks: 50,
  /** https://docs.slack.dev/reference/views: the same for a modal and a home. */
  viewBlocks: 100,
  /** https://docs.slack.dev/reference/block-kit/blocks/header-block */
  header: 150,
  /** https://docs.slack.dev/reference/block-kit/blocks/section-block */
  sectionText: 3000,
  sectionFields: 10,
  fieldText: 2000,
  /** https://docs.slack.dev/reference/block-kit/blocks/actions-block */
  actions: 25,
  /** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
  buttonText: 75,
  buttonValue: 2000,
  buttonUrl: 3000,
  accessibilityLabel: 75,
  /** https://docs.slack.dev/reference/block-kit/blocks/input-block */
  inputLabel: 2000,
  inputHint: 2000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
  inputText: 3000,
  /** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
  options: 100,
  optionGroups: 100,
  groupLabel: 75,
  /** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
  checkboxes: 10,
  /** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
  optionText: 75,
  optionValue: 75,
  /** https://docs.slack.dev/reference/views/modal-views: the title and the two buttons at the foot. */
  modalTitle: 24,
  privateMetadata: 3000,
  /**
   * Escaped. https://docs.slack.dev/reference/methods/chat.update refuses a longer one as msg_too_long, and any message
   * may be changed; chat.postMessage would take 40,000.
   */
  messageText: 4000,
  /**
   * All text in a message's blocks together. Undocumented: Slack answers msg_blocks_too_long at about 13,200
   * (https://github.com/slackapi/bolt-js/issues/2509), so we stay below it.
   */
  messageBlocksText: 12_000,
  /** Bytes of a view as JSON. Slack takes 250 KB (https://docs.slack.dev/reference/methods/views.publish); it adds ids of its own. */
  viewBytes: 230_000,
} as const;
