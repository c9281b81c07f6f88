import type { Invariant } from "../../platform/index.ts";

export const accessInvariants: readonly Invariant[] = [
  {
    name: "access.pin_names_one_person",
    description: "Two members of staff who could meet at one till have different PINs [ACC-3]",
    sql: `select a.staff_id || ' and ' || b.staff_id as example
            from access.pin a join access.pin b on b.pin_key = a.pin_key and b.staff_id > a.staff_id
            join access.staff ma on ma.id = a.staff_id join access.staff mb on mb.id = b.staff_id
           where ma.place_ids = '{}' or mb.place_ids = '{}' or ma.place_ids && mb.place_ids`,
  },
  {
    name: "access.suspended_have_no_session",
    description: "Who is suspended has lost every session",
    sql: `select s.id::text as example from access.session s join access.staff m on m.id = s.staff_id where m.state = 'suspended'`,
  },
  {
    name: "access.audit_has_partitions",
    description: "The default partition of the audit stays empty: the months ahead are made in time",
    sql: `select at::text as example from access.audit_entry_default limit 1`,
  },
];
