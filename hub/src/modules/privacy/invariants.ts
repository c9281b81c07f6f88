import type { Invariant } from "../../platform/index.ts";

export const privacyInvariants: readonly Invariant[] = [
  {
    name: "PRV-1 a request is due as the law says",
    description: "A request is due a month after it came, three where it was extended, and begins with being received",
    sql: `select r.id::text as example from privacy.request r
           where r.due_at <> ((r.received_at at time zone 'utc') + case when r.is_extended then interval '3 months' else interval '1 month' end) at time zone 'utc'
              or not exists (select from privacy.request_step s where s.request_id = r.id and s.seq = 1 and s.kind = 'received')`,
  },
  {
    name: "PRV-4 nothing is kept of the words of the erased",
    description: "No request or step of an erased record says anything in words",
    sql: `select r.id::text as example from privacy.request r join customers.read_erased e on e.record_id = r.record_id
           where r.text is not null or exists (select from privacy.request_step s where s.request_id = r.id and s.note is not null)`,
  },
];
