/** A group and the one above it. */
export type Node = { readonly id: string; readonly parentId: string | null };

/** Whether a group may stand below `parentId`: not below itself, nor below what stands below it [PLA-6]. */
export function mayStandBelow(groups: readonly Node[], groupId: string, parentId: string | null): boolean {
  const parents = new Map(groups.map(({ id, parentId: above }) => [id, above]));
  const seen = new Set<string>();
  for (let above = parentId; above !== null && !seen.has(above); above = parents.get(above) ?? null) {
    if (above === groupId) return false;
    seen.add(above);
  }
  return true;
}
