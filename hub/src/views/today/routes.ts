import type { TodaySalesView } from "@weft/contracts";
import { ok } from "@weft/kernel";
import { PLACES_PROBLEMS, placesInScope } from "../../modules/places/index.ts";
import { read, type Route } from "../../platform/index.ts";
import { readNow } from "./now.ts";
import { readGoods } from "./goods.ts";
import { heldBriefly } from "./held-briefly.ts";
import { readSales } from "./sales.ts";
import { readTills } from "./tills.ts";
import { readWork } from "./work.ts";

const OPTIONS = { problems: PLACES_PROBLEMS };

/** The office's first page. Each part has its own right: a barista sees what is to be made, and not what was sold. */
export function todayRoutes(): readonly Route[] {
  const held = heldBriefly<TodaySalesView>(() => performance.now());
  return [
    read(
      "today.now",
      async (ctx, { query }) => {
        const scope = await placesInScope(ctx, query);
        return scope.ok ? ok(await readNow(ctx, scope.value)) : scope;
      },
      OPTIONS,
    ),
    read(
      "today.work",
      async (ctx, { query }) => {
        const scope = await placesInScope(ctx, query);
        return scope.ok ? ok(await readWork(ctx, scope.value)) : scope;
      },
      OPTIONS,
    ),
    read(
      "today.goods",
      async (ctx, { query }) => {
        const scope = await placesInScope(ctx, query);
        return scope.ok ? ok(await readGoods(ctx, scope.value)) : scope;
      },
      OPTIONS,
    ),
    read(
      "today.tills",
      async (ctx, { query }) => {
        const scope = await placesInScope(ctx, query);
        return scope.ok ? ok(await readTills(ctx, scope.value)) : scope;
      },
      OPTIONS,
    ),
    read(
      "today.sales",
      async (ctx, { query }) => {
        const scope = await placesInScope(ctx, query);
        if (!scope.ok) return scope;
        const { places, isWhole } = scope.value;
        const key = isWhole ? "all" : places.map(({ id }) => id).join();
        return ok(await held(key, () => readSales(ctx, scope.value)));
      },
      OPTIONS,
    ),
  ];
}
