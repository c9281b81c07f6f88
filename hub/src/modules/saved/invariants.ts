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
];
