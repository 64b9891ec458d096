/*
 * Every error code that Slack documents for the methods a delivery needs, by what it means for the delivery, written
 * from the methods' own pages (https://docs.slack.dev/reference/methods) and not from the adapter's table.
 */

/** One person, channel or card is not there for us any more. */
const gone = `
  app_access_restricted cannot_dm_bot cant_delete_message cant_update_message channel_is_limited_access channel_not_found
  is_archived is_inactive message_not_found user_disabled user_not_found user_not_visible users_not_found`;

/** Nothing goes to this workspace until the operator acts. */
const blocked = `
  access_revoked accesslimited account_inactive enterprise_is_restricted invalid_auth is_bot messages_tab_disabled
  metadata_must_be_sent_from_app missing_scope not_allowed_token_type not_authed org_login_required
  team_access_not_granted team_added_to_org token_expired token_revoked two_factor_setup_required`;

/** Nothing goes to this workspace for a while. */
const throttled = 'message_limit_exceeded rate_limited ratelimited service_unavailable';

/** This one may go at another try. */
const later = 'external_channel_migrating update_failed';

/** It may have been done. */
const unknown = 'fatal_error internal_error request_timeout';

/** This one will not be taken, but the operator can open the way for the next. */
const refusedUntilMended = `
  ekm_access_denied no_permission not_enabled not_in_channel restricted_action restricted_action_non_threadable_channel
  restricted_action_read_only_channel restricted_action_thread_locked restricted_action_thread_only_channel`;

const refused = `
  access_denied as_user_not_supported attachment_payload_limit_exceeded block_mismatch blocked_file_type
  cannot_reply_to_message cant_broadcast_message deprecated_endpoint draft_already_deleted draft_already_sent
  draft_has_conflict draft_not_found duplicate_channel_not_found duplicate_external_id duplicate_message_not_found
  edit_window_closed file_deleted file_is_deleted file_not_found file_share_limit_reached hash_conflict invalid_arg_name
  invalid_arguments invalid_array_arg invalid_attachments invalid_blocks invalid_blocks_format invalid_charset
  invalid_cursor invalid_form_data invalid_metadata_filter_keys invalid_metadata_format invalid_metadata_schema
  invalid_post_type invalid_ts_latest invalid_ts_oldest invalid_user_combination markdown_text_conflict
  max_file_sharing_exceeded metadata_too_large method_deprecated method_not_supported_for_channel_type
  missing_file_data missing_post_type missing_profile_id msg_blocks_too_long msg_too_long
  no_dual_broadcast_content_update no_text not_enough_users not_implemented posting_to_channel_denied
  send_on_behalf_not_allowed slack_connect_blocked_file_type slack_connect_canvas_sharing_blocked
  slack_connect_clip_sharing_blocked slack_connect_file_link_sharing_blocked
  slack_connect_file_upload_sharing_blocked slack_connect_lists_sharing_blocked streaming_state_conflict
  team_not_found too_many_attachments too_many_contact_cards too_many_users unable_to_share_files unknown_method
  users_list_not_supplied view_too_large`;

const lists = { gone, blocked, throttled, later, unknown, refusedUntilMended, refused };

/** A code, and the list it stands in. */
export const documentedCodes = Object.entries(lists).flatMap(([meaning, codes]) =>
  codes
    .trim()
    .split(/\s+/)
    .map((code) => [code, meaning] as const),
);
