import type { PointsPoolView } from "@weft/contracts";
import type { CustomerId, Id, RecordId } from "@weft/kernel";
import { sql } from "kysely";
import { customersByIds } from "../../customers/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";

export type PoolId = Id<"points pool">;
export type PoolMemberId = Id<"points pool member">;

/** Somebody in a shared purse: `points` are what is left on their own accounts. */
export type PoolMember = {
  readonly id: PoolMemberId;
  readonly poolId: PoolId;
  readonly recordId: RecordId;
  readonly customerId: CustomerId;
  readonly isOwner: boolean;
  readonly maySpend: boolean;
  readonly points: number;
};

export type Pool = {
  readonly id: PoolId;
  readonly kind: PointsPoolView["kind"];
  readonly name: string;
  readonly members: readonly PoolMember[];
  /** Theirs, whoever asked. */
  readonly own: PoolMember;
};

/** The shared purse of a customer, in which the oldest of their records is; null: they share none [LOY-29]. */
export async function poolOf(ctx: Pick<ReadCtx, "db">, recordId: RecordId): Promise<Pool | null> {
  const { rows } = await sql<PoolMember & { readonly kind: Pool["kind"]; readonly name: string; readonly isOwn: boolean }>`
    with mine as (
      select m.pool_id, m.id from loyalty.pool_member m
       where m.left_at is null and m.record_id in (select customers.records_of(${recordId})) order by m.joined_at, m.id limit 1)
    select m.id, m.pool_id as "poolId", m.record_id as "recordId", customers.customer_of(m.record_id) as "customerId", m.is_owner as "isOwner",
           m.may_spend as "maySpend", pool.kind, pool.name, m.id = mine.id as "isOwn",
           ledger.usable(loyalty.accounts_of(m.record_id, pool.program_id), now()) as points
      from mine join loyalty.pool on pool.id = mine.pool_id join loyalty.pool_member m on m.pool_id = pool.id and m.left_at is null
     order by m.joined_at, m.id`.execute(ctx.db);
  const own = rows.find(({ isOwn }) => isOwn);
  return own ? { id: own.poolId, kind: own.kind, name: own.name, members: rows, own } : null;
}

/** What everybody in a purse has together: linked records count once. */
export function pointsInPool({ members }: Pick<Pool, "members">): number {
  return [...new Map(members.map(({ customerId, points }) => [customerId, points])).values()].reduce((sum, points) => sum + points, 0);
}

/** The purse as its members see it: given names, and what each brought. */
export async function presentPool(ctx: Pick<ReadCtx, "db">, pool: Pool, room: number): Promise<PointsPoolView> {
  const people = await customersByIds(ctx, [...new Set(pool.members.map(({ customerId }) => customerId))]);
  const nameOf = (id: CustomerId) => people.find((person) => person.id === id)?.givenName ?? null;
  return {
    id: pool.id,
    kind: pool.kind,
    name: pool.name,
    points: pointsInPool(pool),
    maySpend: pool.own.maySpend,
    isOwner: pool.own.isOwner,
    members: pool.members.map(({ id, customerId, isOwner, maySpend, points }) => ({
      id,
      name: nameOf(customerId),
      isYou: id === pool.own.id,
      isOwner,
      maySpend,
      points,
    })),
    room,
  };
}
