import { addDays, asId, err, ok, wallClock, type EntityId, type PlaceId } from "@weft/kernel";
import { read, write, type Route } from "../../platform/index.ts";
import { mayActAt } from "../access/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { payTips } from "./commands.ts";
import { LEDGER_PROBLEMS } from "./errors.ts";
import { owedIn } from "./queries.ts";

const PROBLEMS = { problems: LEDGER_PROBLEMS };
/** Shown where nobody says from when. */
const DAYS = 30;

/** What the house owes: deposits on packaging, and tips to its staff. */
export const ledgerRoutes: readonly Route[] = [
  read(
    "owed.read",
    async (ctx, { query }) => {
      const to = query.to ?? wallClock(ctx.now, "UTC").date;
      const from = query.from ?? addDays(to, 1 - DAYS);
      const { places, entities } = await ctx.snapshots.current(placesSnapshot);
      const own = ctx.actor.staff?.placeIds ?? [];
      const rows = await owedIn(ctx, { from, to, placeIds: own.length > 0 ? own : null });
      const money = (amount: number, currency: string) => ({ amount, currency });
      return ok({
        from,
        to,
        items: rows.map(({ entityId, placeId, what, currency, opening, taken, given }) => ({
          entityId,
          entityName: entities.get(asId<EntityId>(entityId))?.name ?? "",
          placeId,
          placeName: (placeId && places.get(asId<PlaceId>(placeId))?.name) ?? null,
          what,
          opening: money(opening, currency),
          taken: money(taken, currency),
          given: money(given, currency),
          closing: money(opening + taken - given, currency),
        })),
      });
    },
    PROBLEMS,
  ),
  write(
    "owed.payTips",
    async (ctx, { body }) => {
      const placeId = asId<PlaceId>(body.placeId);
      if (!mayActAt(ctx.actor, placeId)) return err({ code: "tips.place_unknown" as const });
      const paid = await payTips(ctx, { ...body, placeId });
      return paid.ok ? ok({ owed: paid.value }) : paid;
    },
    PROBLEMS,
  ),
];
