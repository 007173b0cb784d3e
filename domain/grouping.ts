/** Members by a key, groups and members in the order given. (`Map.groupBy` came after Node 20.) */
export function groupedBy<K, V>(members: Iterable<V>, keyOf: (member: V) => K): ReadonlyMap<K, readonly V[]> {
  const groups = new Map<K, V[]>();
  for (const member of members) {
    const key = keyOf(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return groups;
}
