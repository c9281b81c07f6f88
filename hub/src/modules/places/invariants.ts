import type { Invariant } from "../../platform/index.ts";

export const placesInvariants: readonly Invariant[] = [
  {
    name: "places.groups_are_a_tree",
    description: "No group is below itself",
    sql: `with recursive line as (
            select id, parent_id, array[id] as seen, false as is_circle from places.place_group
            union all
            select l.id, g.parent_id, l.seen || g.id, g.id = any(l.seen) from line l join places.place_group g on g.id = l.parent_id where not l.is_circle
          )
          select distinct id::text as example from line where is_circle`,
  },
];
