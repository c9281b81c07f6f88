import type { Invariant } from "../../platform/index.ts";

export const savedInvariants: readonly Invariant[] = [
  {
    name: "SAV-11 nobody erased has saved anything",
    description: "No list and no wish names an erased record",
    sql: `select l.id::text as example from saved.list l join customers.read_erased e on e.record_id = l.record_id
           union all
          select w.id::text from saved.wish w join customers.read_erased e on e.record_id = w.record_id`,
  },
  {
    name: "SAV-9 who waits for something new has a menu to compare with",
    description: "Every place with a waiting wish about its menu has what the menu was",
    sql: `select w.id::text as example from saved.wish w
           where w.kind = 'new_on_menu' and w.state = 'waiting'
             and not exists (select from saved.menu m where m.place_id = w.place_id)`,
  },
  {
    name: "SAV-12 what is offered is held",
    description: "Every wish with an open offer has one unit held under its id, and nothing else is held so",
    sql: `select coalesce(w.id, h.line_id)::text as example
            from (select id, variant_id, place_id, offered_until from saved.wish where offered_until > now() and taken_at is null) w
            full join (select * from stock.read_hold where line_id = cart_id) h on h.line_id = w.id
           where w.id is null or h.line_id is null or h.quantity <> 1
              or (h.variant_id, h.place_id, h.expires_at) <> (w.variant_id, w.place_id, w.offered_until)`,
  },
];
