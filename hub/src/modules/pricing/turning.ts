import type { Pool } from "pg";
import { startEvery, statement, type Log, type Running, type Snapshots } from "../../platform/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { nextTurn } from "./domain/index.ts";
import { pricingSnapshot } from "./queries/index.ts";

/** A happy hour is on every screen within a second of its begin; this is the part that waiting may take. */
const EVERY_MS = 250;

type Parts = { readonly pool: Pool; readonly snapshots: Snapshots; readonly log: Pick<Log, "error"> };

/**
 * Publishes `pricing.turned.v1` at the moment at which a promotion begins or ends by the clock, once however many nodes watch, so that open
 * screens show it [PRC-19]. When that is, is known from memory: only a turn asks the database.
 */
export function startTurning({ pool, snapshots, log }: Parts): Running {
  let since = new Date();
  let known: { readonly of: unknown; readonly at: Date | null } | undefined;
  const turn = async (): Promise<void> => {
    const { promotions } = await snapshots.current(pricingSnapshot);
    if (known?.of !== promotions) known = { of: promotions, at: nextTurn(promotions, await timeZones(snapshots), since) };
    const { at } = known;
    if (at === null || at.getTime() > Date.now()) return;
    const [told] = await statement<{ hasCome: boolean }>(pool, 'select pricing.tell_turn($1) as "hasCome"', [at]);
    if (!told?.hasCome) return;
    since = at;
    known = undefined;
  };
  return startEvery(EVERY_MS, turn, (error) => log.error({ err: error }, "the turn of a promotion could not be told"));
}

async function timeZones(snapshots: Snapshots): Promise<string[]> {
  const { places } = await snapshots.current(placesSnapshot);
  return [...new Set([...places.values()].map(({ timeZone }) => timeZone))];
}
