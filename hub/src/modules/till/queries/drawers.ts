import type { DrawerView, TillDrawerView } from "@weft/contracts";
import type { Id, PlaceId, RegisterId } from "@weft/kernel";
import { sql } from "kysely";
import { placesSnapshot } from "../../places/index.ts";
import type { ReadCtx } from "../../../platform/index.ts";
import type { KnownRegister } from "./registers.ts";

export type DrawerId = Id<"drawer">;
export type DrawerShiftId = Id<"drawer shift">;

export type KnownDrawer = { readonly id: DrawerId; readonly name: string; readonly placeId: PlaceId; readonly training: boolean };

/** A drawer that some register works on, or has for its own; it is for training where its own register is. */
export async function readDrawer(ctx: Pick<ReadCtx, "db">, id: DrawerId): Promise<KnownDrawer | undefined> {
  const { rows } = await sql<KnownDrawer>`
    select d.id, d.name, d.place_id as "placeId", r.training
      from till.drawer d join till.register r on r.id = d.id where d.id = ${id}`.execute(ctx.db);
  return rows[0];
}

/** Whether whoever asks keeps the tills of a place. */
export function mayKeep({ actor }: Pick<ReadCtx, "actor">, placeId: PlaceId): boolean {
  const own = actor.staff?.placeIds ?? [];
  return own.length === 0 || own.includes(placeId);
}

/** The drawer of a register as its till shows it: who else works on it, and whether they have begun. */
export async function drawerOfTill(ctx: Pick<ReadCtx, "db">, { id, drawerId }: KnownRegister): Promise<TillDrawerView> {
  const { rows } = await sql<{ name: string; other: string | null; openedAt: Date | null }>`
    select d.name, r.name as other, o.opened_at as "openedAt"
      from till.drawer d
      left join (till.register r left join lateral (
        select s.opened_at, ds.drawer_id from till.shift s join till.drawer_shift ds on ds.id = s.drawer_shift_id
         where s.register_id = r.id and s.closed_at is null) o on true)
        on r.id <> ${id} and r.retired_at is null and coalesce(o.drawer_id, r.drawer_id) = d.id
     where d.id = ${drawerId} order by r.name`.execute(ctx.db);
  const others = rows.flatMap(({ other, openedAt }) =>
    other === null ? [] : [{ registerName: other, openedAt: openedAt?.toISOString() ?? null }],
  );
  return { id: drawerId, name: rows[0]?.name ?? "", others };
}

type Listed = {
  readonly id: DrawerId;
  readonly name: string;
  readonly placeId: PlaceId;
  readonly registers: readonly { readonly id: RegisterId; readonly name: string; readonly isOpen: boolean }[];
};

/**
 * The drawers of some places with the registers that work on them, null for all places; one that nobody uses is not told, nor those of training,
 * in which there is no money.
 */
export async function listDrawers(ctx: Pick<ReadCtx, "db" | "snapshots">, placeIds: readonly PlaceId[] | null): Promise<DrawerView[]> {
  const { rows } = await sql<Listed>`
    select d.id, d.name, d.place_id as "placeId",
           jsonb_agg(jsonb_build_object('id', r.id, 'name', r.name, 'isOpen', exists (
             select from till.shift s where s.register_id = r.id and s.closed_at is null)) order by r.name, r.id) as registers
      from till.drawer d join till.register r on r.drawer_id = d.id and r.retired_at is null and not r.training
     where ${placeIds && [...placeIds]}::uuid[] is null or d.place_id = any(${placeIds && [...placeIds]}::uuid[])
     group by d.id order by d.place_id, d.name, d.id limit 1000`.execute(ctx.db);
  const { places } = await ctx.snapshots.current(placesSnapshot);
  return rows.map(({ registers, ...drawer }) => ({
    ...drawer,
    placeName: places.get(drawer.placeId)?.name ?? "",
    registers: [...registers],
  }));
}
