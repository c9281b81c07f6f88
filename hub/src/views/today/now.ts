import type { OperationId, TodayNowView } from "@weft/contracts";
import { mayCall } from "../../modules/access/index.ts";
import type { Scope } from "../../modules/places/index.ts";
import { queuesNow } from "../../modules/promises/index.ts";
import { countTasks } from "../../modules/tasks/index.ts";
import type { ReadCtx } from "../../platform/index.ts";
import { readGoods } from "./goods.ts";
import { nowLines, type Queue } from "./now-lines.ts";
import { readTills } from "./tills.ts";
import { readWork } from "./work.ts";

/** More places than these are read by the map of the chain, not by a list. */
const MOST_QUEUES = 8;

/**
 * What must be done now in a part of the chain [TDY-7], and how long the queues of its stores are. At most one statement for each of work, tasks,
 * tills and goods, and none for what the caller's role does not see; queues are known in memory.
 */
export async function readNow(ctx: ReadCtx, scope: Scope): Promise<TodayNowView> {
  const may = (operation: OperationId): boolean => mayCall(operation, ctx.actor).allowed;
  const { places, isWhole } = scope;
  const work = may("today.work") ? await readWork(ctx, scope) : null;
  const tills = may("today.tills") ? await readTills(ctx, scope) : null;
  const goods = may("today.goods") ? await readGoods(ctx, scope) : null;
  const placeIds = isWhole ? null : places.map(({ id }) => id);
  const tasks = may("tasks.counts") ? await countTasks(ctx, placeIds, ctx.actor.staff?.id ?? null) : null;
  const queues = may("today.work") ? await readQueues(ctx, scope) : [];
  return {
    at: ctx.now.toISOString(),
    ...nowLines({ work, tasks, tills, goods, queues }),
    queues: queues
      .slice(0, MOST_QUEUES)
      .map(({ placeId, placeName, seconds }) => ({ placeId, placeName, minutes: Math.ceil(seconds / 60) })),
  };
}

/** Places with work before them, the most first. */
async function readQueues(ctx: Pick<ReadCtx, "snapshots" | "now">, { places }: Scope): Promise<Queue[]> {
  const promising = await queuesNow(ctx.snapshots, ctx.now);
  return places
    .map((place) => ({ placeId: place.id, placeName: place.name, seconds: promising(place).queueSeconds ?? 0 }))
    .filter(({ seconds }) => seconds > 0)
    .toSorted((a, b) => b.seconds - a.seconds);
}
