import { ok } from "@weft/kernel";
import { sql } from "kysely";
import { BEHIND, inTransaction, startEvery, statement, SYSTEM, type Ctx, type Running, type Surroundings } from "../../platform/index.ts";

/** A part of the log of touchpoints: the batches after one position, up to and with another. */
export type Stretch = { readonly after: number; readonly upTo: number };

/** Reads the log of touchpoints from where it stopped. */
export type TouchFollower = {
  /** `module.purpose`; its position stands under it. */
  readonly name: string;
  /**
   * Takes one stretch, in one transaction with the step forward: what it writes is written once. Throwing means: the same stretch again,
   * at the next look.
   */
  take(ctx: Ctx, stretch: Stretch): Promise<void>;
};

export type FollowParts = Pick<Surroundings, "pool" | "snapshots" | "log"> & { readonly followers: readonly TouchFollower[] };

/** How often this node looks whether anything was stored. */
const LOOK_MS = 250;
/** A stretch ends with the batch that reaches so many touchpoints. */
const MOST_TOUCHES = 5000;

/** Gives positions and runs the followers, each on one node at a time [TCH-12]. May be half a second late; what a follower shows says so. */
export function startFollowers(parts: FollowParts): Running {
  const look = createLook(parts);
  return startEvery(LOOK_MS, look, (error) => parts.log.warn({ err: error }, "the log of touchpoints could not be followed"));
}

/**
 * One look: positions for what was committed, then every follower as far as it goes. A look that finds nothing new is one statement. A
 * failing follower holds up none of the others.
 */
export function createLook(parts: FollowParts): () => Promise<void> {
  const done = new Map<string, number>();
  return async () => {
    const head = await givePositions(parts.pool);
    for (const follower of parts.followers) {
      if (done.get(follower.name) === head) continue;
      try {
        let turn = await write(parts, (ctx) => step(ctx, follower));
        while (turn === "more") turn = await write(parts, (ctx) => step(ctx, follower));
        if (turn === "done") done.set(follower.name, head);
      } catch (error) {
        parts.log.warn({ err: error, follower: follower.name }, "a follower of touchpoints failed, trying again");
      }
    }
  };
}

async function givePositions(pool: FollowParts["pool"]): Promise<number> {
  const [row] = await statement<{ head: number }>(pool, "select touchpoints.give_positions() as head", []);
  return row?.head ?? 0;
}

/** One stretch of one follower. "elsewhere": another node has it. */
async function step(ctx: Ctx, follower: TouchFollower): Promise<"more" | "done" | "elsewhere"> {
  const { name } = follower;
  const { rows } = await sql<{ after: number; upTo: number | null }>`
    with mine as (select intake_seq from touchpoints.follower where name = ${name} for update skip locked)
    select mine.intake_seq as after,
           (select max(intake_seq) from (
              select intake_seq, sum(touches) over (order by intake_seq) - touches as before from touchpoints.intake_batch
               where intake_seq > mine.intake_seq order by intake_seq limit ${MOST_TOUCHES}) ahead
             where before < ${MOST_TOUCHES}) as "upTo"
      from mine`.execute(ctx.db);
  const [row] = rows;
  if (!row) return (await register(ctx, name)) ? "more" : "elsewhere";
  if (row.upTo === null) return "done";
  await follower.take(ctx, { after: row.after, upTo: row.upTo });
  await sql`update touchpoints.follower set intake_seq = ${row.upTo}, changed_at = now() where name = ${name}`.execute(ctx.db);
  return "more";
}

/** A new follower begins with the oldest batch that is kept. Answers whether it is new. */
async function register({ db }: Ctx, name: string): Promise<boolean> {
  const { numAffectedRows = 0n } = await sql`
    insert into touchpoints.follower (name, intake_seq)
    select ${name}, coalesce((select min(intake_seq) - 1 from touchpoints.intake_batch), (select intake_seq from touchpoints.intake_head))
    on conflict do nothing`.execute(db);
  return numAffectedRows > 0n;
}

async function write<T>(parts: FollowParts, work: (ctx: Ctx) => Promise<T>): Promise<T> {
  const outcome = await inTransaction({ ...parts, actor: SYSTEM, requestId: "touchpoints.follow", settings: BEHIND }, async (ctx) =>
    ok(await work(ctx)),
  );
  if (outcome.kind !== "done" || !outcome.result.ok) throw new Error("a transaction without a key is never replayed");
  return outcome.result.value;
}

/** How far each follower is behind the head, in batches, and since when it has not moved: for the health of the hub. */
export async function followerLag({ db }: Pick<Ctx, "db">): Promise<{ name: string; behind: number; changedAt: Date }[]> {
  const { rows } = await sql<{ name: string; behind: number; changedAt: Date }>`
    select f.name, (h.intake_seq - f.intake_seq)::float8 as behind, f.changed_at as "changedAt"
      from touchpoints.follower f cross join touchpoints.intake_head h order by f.name`.execute(db);
  return rows;
}
