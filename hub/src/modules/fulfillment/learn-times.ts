import { job, type Ctx, type Job } from "../../platform/index.ts";
import { placesSnapshot, type Place } from "../places/index.ts";
import { keepLearnedTimes } from "../promises/index.ts";
import { learnedAt } from "./made-lines.ts";

/** Days whose making is learned from: long enough for what is seldom made, short enough that a new machine is noticed. */
const LEARNED_DAYS = 21;

/** Keeps what making takes at a place, for the promises of places that go by it [QUE-4]. What was learned from too few is not kept. */
export async function learnTimes(ctx: Ctx, place: Place): Promise<number> {
  const learned = (await learnedAt(ctx, place, LEARNED_DAYS)).flatMap(({ productId, learnedSeconds: seconds, samples }) =>
    seconds === null ? [] : [{ productId, seconds, samples }],
  );
  await keepLearnedTimes(ctx, place.id, learned);
  return learned.length;
}

/** Every night, store by store; a place that does not go by it keeps nothing. */
export const learnTimesJob: Job = job(
  "fulfillment.learn_times",
  async (desk) => {
    const { places } = await desk.read.snapshots.current(placesSnapshot);
    for (const place of places.values())
      if (place.kind !== "warehouse" && place.settings.measuredTimes === "used") await desk.write((ctx) => learnTimes(ctx, place));
  },
  { cron: "23 3 * * *" },
);
