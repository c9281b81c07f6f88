import type { EventDefinition, Id } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../ctx.ts";
import { trailing } from "../database/trail.ts";
import { currentTraceId } from "../telemetry/trace.ts";

type EventId = Id<"event">;

/**
 * Publishes a fact with the transaction: subscribers see it after the commit, or never [LOG-1]. Call it after the subject's row is
 * locked, because the order of publishing is the order in which the subject's events are delivered.
 * `subject` is `noun/id`. What the schema does not name is not written, so nothing leaves that no one meant to tell.
 * Throws on data that the schema refuses: that is a bug of the publisher. Zod's 2–10 µs do not show beside the insert.
 * Its command does not wait for the row: an identify that joins tells three facts, and waited for each.
 */
export async function publish<Data>(
  ctx: Pick<Ctx, "db" | "newId">,
  definition: EventDefinition<Data>,
  subject: string,
  data: Data,
): Promise<void> {
  if (!SUBJECT.test(subject)) throw new Error(`the subject of ${definition.type} is "noun/id", not "${subject}"`);
  const json = JSON.stringify(definition.schema.parse(data));
  await trailing(
    ctx,
    sql`insert into platform.outbox (id, type, subject, data, trace)
        values (${ctx.newId<EventId>()}, ${definition.type}, ${subject}, ${json}::jsonb, ${currentTraceId()})`,
  );
}

const SUBJECT = /^[a-z_]+(\/[^/\s]+)+$/;
