import type { CustomerId, RecordId } from "@weft/kernel";

export type LinkPair = { readonly a: RecordId; readonly b: RecordId };

/** The groups of records that links hold together; a record without a link is a group of one. In the order of the records given. */
export function components(records: readonly RecordId[], links: readonly LinkPair[]): RecordId[][] {
  const parent = new Map(records.map((record) => [record, record]));
  const root = (record: RecordId): RecordId => {
    let at = record;
    for (let up = parent.get(at); up !== undefined && up !== at; up = parent.get(at)) at = up;
    for (let next = record; next !== at;) {
      const up = parent.get(next) ?? at;
      parent.set(next, at); // a shorter way for the next who asks
      next = up;
    }
    return at;
  };
  for (const { a, b } of links) if (parent.has(a) && parent.has(b)) parent.set(root(b), root(a));
  const groups = new Map<RecordId, RecordId[]>();
  for (const record of records) {
    const top = root(record);
    const group = groups.get(top);
    if (group) group.push(record);
    else groups.set(top, [record]);
  }
  return [...groups.values()];
}

/** A record's age as far as ids are concerned: when it was first known, null while it is provisional. */
export type Standing = { readonly id: RecordId; readonly knownAt: Date | null };

/**
 * Which customer id a group of records has: that of the record known for longest [IDN-4]. So a group that splits gives each side the id
 * that it had before, and the same links give the same ids whatever the order in which they came.
 */
export function customerIdOf(group: readonly Standing[]): CustomerId {
  const [oldest] = [...group].sort((a, b) => age(a) - age(b) || (a.id < b.id ? -1 : 1));
  if (!oldest) throw new Error("a group of records is never empty");
  // A customer's id is the id of the record it began with: no table is needed to know it.
  return oldest.id as string as CustomerId;
}

const age = ({ knownAt }: Standing): number => knownAt?.getTime() ?? Number.MAX_SAFE_INTEGER;

/** The link by which each record hangs on the first one, seen from there; the first itself has none. */
export function joiningLinks<Link extends LinkPair>(first: RecordId, links: readonly Link[]): Map<RecordId, Link> {
  const joined = new Map<RecordId, Link>();
  const reached = new Set([first]);
  for (let edge = [first]; edge.length > 0;) {
    const next: RecordId[] = [];
    for (const link of links) {
      const far = edge.includes(link.a) ? link.b : edge.includes(link.b) ? link.a : undefined;
      if (far === undefined || reached.has(far)) continue;
      reached.add(far);
      joined.set(far, link);
      next.push(far);
    }
    edge = next;
  }
  return joined;
}

/** A link, and the value that proves it if it rests on one. */
export type ProvenPair = LinkPair & { readonly identifierId: string | null };

/**
 * A record, and the circle in which its channel shows people: all linked channels are one circle, every other channel is one of its own.
 */
export type CircledRecord = { readonly id: RecordId; readonly circle: string };

/**
 * The customers that these records make: a link counts where both ends are in one circle, the others are kept and suspended [IDN-17].
 * Records whose links rest on one proven value hang together by that value, also when the record that links were made through is in
 * another circle: web and app stay one customer while the till, whose record came first, is taken out. So this refines the persons.
 */
export function customersWithin(records: readonly CircledRecord[], links: readonly ProvenPair[]): RecordId[][] {
  const circleOf = new Map(records.map(({ id, circle }) => [id, circle]));
  const anchors = new Map<string, RecordId>();
  const counted: LinkPair[] = [];
  for (const { a, b, identifierId } of links) {
    if (circleOf.get(a) === circleOf.get(b)) counted.push({ a, b });
    for (const end of identifierId === null ? [] : [a, b]) {
      const value = `${identifierId} ${circleOf.get(end)}`;
      const anchor = anchors.get(value);
      if (anchor === undefined) anchors.set(value, end);
      else counted.push({ a: anchor, b: end });
    }
  }
  return components([...circleOf.keys()], counted);
}

/**
 * Of links in the order in which they were made, those that would bring two records together that a person judged to be different [IDN-3]:
 * the earlier link stands, the later is contradicted.
 */
export function contradicted<Link extends LinkPair>(
  records: readonly RecordId[],
  links: readonly Link[],
  apart: readonly LinkPair[],
): Link[] {
  const standing: Link[] = [];
  return links.filter((link) => {
    const groups = components(records, [...standing, link]);
    const isTorn = apart.some(({ a, b }) => groups.some((group) => group.includes(a) && group.includes(b)));
    if (!isTorn) standing.push(link);
    return isTorn;
  });
}
