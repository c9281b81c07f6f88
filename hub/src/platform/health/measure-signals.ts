import type { HealthReportView } from "@weft/contracts";
import type pg from "pg";
import type { Log } from "../telemetry/log.ts";
import { statement } from "../database/db.ts";
import { stateOf, type Signal } from "./signal.ts";

/** What a node reads of itself, by the name of the signal. Null: there is nothing to say. */
export type NodeReadings = Readonly<Record<string, () => number | null | Promise<number | null>>>;

type SignalView = HealthReportView["signals"][number];

export type Signals = { measure(): Promise<SignalView[]> };

/** The signals of this node and of the installation. One that cannot be measured is unknown, and does not hide the others. */
export function createSignals(parts: {
  readonly pool: pg.Pool;
  readonly signals: readonly Signal[];
  readonly readings: NodeReadings;
  readonly log: Pick<Log, "warn">;
}): Signals {
  async function valueOf({ name, sql }: Signal): Promise<number | null | undefined> {
    try {
      if (sql === undefined) return await parts.readings[name]?.();
      const [row] = await statement<{ value: number | null }>(parts.pool, sql, []);
      return row?.value ?? null;
    } catch (error) {
      parts.log.warn({ err: error, signal: name }, "a signal could not be measured");
      return undefined;
    }
  }
  return {
    async measure() {
      const views: SignalView[] = [];
      // One after the other: they must not take the pool from requests.
      for (const signal of parts.signals) {
        const { name, about, unit, worse, watch, bad } = signal;
        const value = await valueOf(signal);
        views.push({ name, about, unit, worse, watch, bad, value: value ?? null, state: stateOf(signal, value) });
      }
      return views;
    },
  };
}
