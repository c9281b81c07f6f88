import type { Invariant } from "../../platform/index.ts";

export const channelsInvariants: readonly Invariant[] = [
  {
    name: "channels.belong_to_entities",
    description: "Every channel sells for a legal entity that exists, at a place of that entity if at one",
    sql: `select c.id::text as example from channels.channel c
            left join places.legal_entity e on e.id = c.entity_id left join places.place p on p.id = c.place_id
           where e.id is null or (c.place_id is not null and p.entity_id is distinct from c.entity_id)`,
  },
];
