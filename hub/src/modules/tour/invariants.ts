import type { Invariant } from "../../platform/index.ts";

export const tourInvariants: readonly Invariant[] = [
  {
    name: "TOU-1 both channels of a visit have one level",
    description: "A visitor's switch turns both of their channels",
    sql: `select v.id::text as example from tour.visit v
            join channels.read_level w on w.channel_id = v.web_channel_id
            join channels.read_level s on s.channel_id = v.store_channel_id
           where w.level <> s.level`,
  },
  {
    name: "TOU-3 a visit ends within its day",
    description: "What a visitor left is erased an hour after its end at the latest, while a node works",
    sql: `select v.id::text as example from tour.visit v where v.expires_at < now() - interval '1 hour'
             and exists (select from platform.node n where n.role <> 'api')`,
  },
];
