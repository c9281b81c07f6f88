import { sql } from "kysely";
import { defineSnapshot, type ReadCtx } from "../../platform/index.ts";
import type { Learned, Thresholds } from "./domain/matching/index.ts";
import { MatchingMoved } from "./events.ts";

/** Nobody is joined by likeness below this chance, however sure the other pairs are: a person is wronged one by one. */
export const LEAST_CHANCE = 0.9;

/** What the engine goes by now: settings of the owner, and what was learned in the last run over the whole file. */
export type Matching = {
  readonly settings: MatchingSettings;
  /** Null before the first run: then nothing is compared. */
  readonly model: { readonly version: number; readonly linkFrom: number; readonly learned: Learned } | null;
};

/** `joins`: pairs above the first threshold become one customer by themselves; else a person is asked about them too. */
export type MatchingSettings = { readonly joins: boolean; readonly precision: number; readonly reviewFrom: number };

type Row = MatchingSettings & { readonly version: number | null; readonly linkFrom: number; readonly learned: Learned };

export const matchingSnapshot = defineSnapshot<Matching>({
  name: "customers.matching",
  invalidatedBy: [MatchingMoved],
  async load(db) {
    const { rows } = await sql<Row>`
      select s.joins, s.precision, s.review_from as "reviewFrom", m.version, m.link_from as "linkFrom", m.learned
        from customers.matching_setting s left join customers.model m on m.state = 'used'`.execute(db);
    const [row] = rows;
    if (!row) throw new Error("the settings of matching are one row, made by a migration");
    const { version, linkFrom, learned, ...settings } = row;
    return { settings, model: version === null ? null : { version, linkFrom, learned } };
  },
});

export const matchingNow = (ctx: Pick<ReadCtx, "snapshots">): Promise<Matching> => ctx.snapshots.current(matchingSnapshot);

/** The thresholds of the engine. Where nothing is joined by itself the first is out of reach, and a person is asked instead. */
export const thresholdsOf = ({ precision, reviewFrom }: MatchingSettings): Thresholds => ({
  precision,
  review: reviewFrom,
  leastChance: LEAST_CHANCE,
});
