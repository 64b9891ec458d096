/** Of the groups in `after`, how many are not in `before`, whoever stands first in them. */
export function countOthers(before: readonly (readonly string[])[], after: readonly (readonly string[])[]): number {
  const known = new Set(before.map(groupKey));
  return after.filter((group) => !known.has(groupKey(group))).length;
}

function groupKey(group: readonly string[]): string {
  return group.toSorted().join(' ');
}
