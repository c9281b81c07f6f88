import { queryOptions, skipToken } from "@tanstack/react-query";
import type { AnswerOf } from "@weft/contracts/client";
import type { OwnPrices } from "../../../../hub/src/modules/till/domain/index.ts";
import { api } from "../api.ts";
import { isAway, keep, recall } from "./kept.ts";

type Answer = AnswerOf<"till.prices">;

const KEY = "prices";
const FRESH_MS = 60_000;

/** Compared by its version alone: a large copy is neither read from the disk nor walked through every minute. */
let held: OwnPrices | undefined;

/** The copy by which this till prices without a network, at most a minute old while there is one. */
export const pricesQuery = queryOptions({
  queryKey: ["own-prices"],
  queryFn: readPrices,
  staleTime: FRESH_MS,
  refetchInterval: FRESH_MS,
  structuralSharing: false,
});

/** How far the clock of this device is ahead of the hub's, in milliseconds, when the hub last said its time. */
export const clockQuery = queryOptions<number>({ queryKey: ["own-clock"], queryFn: skipToken, initialData: 0 });

async function readPrices(): Promise<OwnPrices> {
  held ??= (await recall<OwnPrices>(KEY))?.value;
  try {
    const answer = await api.ask("till.prices", { query: held ? { version: held.version } : {} });
    api.queries.setQueryData(clockQuery.queryKey, Date.now() - Date.parse(answer.asOf));
    held = wholeOf(answer) ?? (held && { ...held, asOf: answer.asOf });
    if (!held) throw new Error("the hub sent no prices although this till had none");
    void keep(KEY, held);
  } catch (error) {
    if (!held || !isAway(error)) throw error;
  }
  return held;
}

function wholeOf({ version, asOf, seller, facts }: Answer): OwnPrices | undefined {
  return seller && facts ? { version, asOf, seller, facts } : undefined;
}
