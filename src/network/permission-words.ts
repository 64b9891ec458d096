import type { Option } from '../messages/form.ts';
import type { Permission } from './model.ts';

/** What each permission lets a member do, as conveners choose among them. */
export const permissionOptions: readonly (Option & { readonly value: Permission })[] = [
  { value: 'member', label: 'Member' },
  { value: 'host', label: 'Host: can also propose conversations' },
  { value: 'convener', label: 'Convener: can also run the network' },
];

/** @example permissionWords('host') // 'Host: can also propose conversations' */
export function permissionWords(permission: Permission): string {
  return permissionOptions.find(({ value }) => value === permission)?.label ?? permission;
}
