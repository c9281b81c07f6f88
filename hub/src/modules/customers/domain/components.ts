import type { CustomerId, RecordId } from "@weft/kernel";

export type LinkPair = { readonly a: RecordId; readonly b: RecordId };

/** The groups of records that links hold together; a record without a link is a group of one. In the order of the records given. */
export function components(records: readonly RecordId[], links: readonly LinkPair[]): RecordId[][] {
  const parent = new Map(records.map((record) => [record, record]));
  const root = (record: RecordId): RecordId => {
    let at = record;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    return at;
  };
  for (const { a, b } of links) if (parent.has(a) && parent.has(b)) parent.set(root(b), root(a));
  const groups = new Map<RecordId, RecordId[]>();
  for (const record of records) groups.set(root(record), [...(groups.get(root(record)) ?? []), record]);
  return [...groups.values()];
}

export type Standing = { readonly id: RecordId; readonly createdAt: Date; readonly isKnown: boolean };

/**
 * Which customer id a group of records has: that of its oldest known record [IDN-4]. So a group that splits gives each side the id that it
 * had before, and the same links give the same ids whatever the order in which they came.
 */
export function customerIdOf(group: readonly Standing[]): CustomerId {
  const [oldest] = [...group].sort(
    (a, b) => Number(b.isKnown) - Number(a.isKnown) || a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1),
  );
  if (!oldest) throw new Error("a group of records is never empty");
  // A customer's id is the id of the record it began with: no table is needed to know it.
  return oldest.id as string as CustomerId;
}
