import type { ParityAttribute, ParityVerdict } from "@weft/contracts";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import type { Product, Variant } from "../catalog/index.ts";
import type { Cell, CheckId } from "./domain/index.ts";
import type { OpenWindow } from "./windows.ts";

/** So many differences of each verdict are kept, so that what is intended leaves room for what is wrong; more are counted only. */
export const MOST_KEPT = 20_000;

/** What a difference is about: a variant at a window, or a store. */
export type Where = { readonly window: OpenWindow; readonly product: Product | null; readonly variant: Variant | null };

type Row = {
  readonly verdict: ParityVerdict;
  readonly windowKind: string;
  readonly channelId: string;
  readonly placeId: string | null;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly sku: string | null;
  readonly attribute: ParityAttribute;
  readonly expected: string | null;
  readonly shown: string | null;
  readonly because: object;
  readonly since: Date | null;
  readonly fix: string;
  readonly fixId: string | null;
};

type Totals = { compared: number; wrong: number; lagging: number; allowed: number; notKept: number };

/** The findings of one check: counts of everything, and the rows that are not written yet. */
export type Findings = {
  readonly runId: CheckId;
  readonly totals: Totals;
  /** By window kind, channel, attribute and verdict. */
  readonly counts: Map<string, number>;
  readonly kept: Record<ParityVerdict, number>;
  waiting: Row[];
};

export function openFindings(runId: CheckId): Findings {
  return {
    runId,
    totals: { compared: 0, wrong: 0, lagging: 0, allowed: 0, notKept: 0 },
    counts: new Map(),
    kept: { wrong: 0, lagging: 0, allowed: 0 },
    waiting: [],
  };
}

/** Counts what was compared, and keeps what differs. */
export function takeCells(findings: Findings, where: Where, cells: readonly Cell[]): void {
  findings.totals.compared += cells.length;
  for (const cell of cells) if (cell.judged.verdict !== "same") takeDifference(findings, where, cell);
}

function takeDifference(findings: Findings, { window, product, variant }: Where, { attribute, expected, shown, judged }: Cell): void {
  if (judged.verdict === "same") return;
  const { verdict, because, since, fix, fixId } = judged;
  findings.totals[verdict] += 1;
  const key = [window.kind, window.channelId, attribute, verdict].join("/");
  findings.counts.set(key, (findings.counts.get(key) ?? 0) + 1);
  if (findings.kept[verdict] === MOST_KEPT) {
    findings.totals.notKept += 1;
    return;
  }
  findings.kept[verdict] += 1;
  findings.waiting.push({
    verdict,
    windowKind: window.kind,
    channelId: window.channelId,
    placeId: window.placeId,
    productId: product?.id ?? null,
    variantId: variant?.id ?? null,
    sku: variant?.sku ?? null,
    attribute,
    expected: short(expected),
    shown: short(shown),
    because,
    since,
    fix,
    fixId:
      fixId ?? (fix === "product" ? (product?.id ?? null) : fix === "store" ? window.placeId : fix === "channel" ? window.channelId : null),
  });
}

/** Names in four languages are long, and what a feed says may be anything. */
const short = (text: string | null): string | null => (text === null ? null : text.slice(0, 1000));

/** Writes what waits, and how far the check is: two statements. */
export async function saveFindings(
  { db }: Pick<Ctx, "db">,
  findings: Findings,
  pace: { readonly done: number; readonly total: number } | null,
): Promise<void> {
  const { runId, totals, waiting } = findings;
  findings.waiting = [];
  if (waiting.length > 0)
    await sql`
      insert into parity.difference (run_id, verdict, window_kind, channel_id, place_id, product_id, variant_id, sku, attribute, expected, shown,
                                     because, since, fix, fix_id)
      select ${runId}::uuid, "verdict", "windowKind", "channelId", "placeId", "productId", "variantId", "sku", "attribute", "expected", "shown",
             "because", "since", "fix", "fixId"
        from jsonb_to_recordset(${JSON.stringify(waiting)}::jsonb) as r ("verdict" text, "windowKind" text, "channelId" uuid, "placeId" uuid,
             "productId" uuid, "variantId" uuid, "sku" text, "attribute" text, "expected" text, "shown" text, "because" jsonb,
             "since" timestamptz, "fix" text, "fixId" text)`.execute(db);
  await sql`
    update parity.run set beat_at = now(), done = coalesce(${pace?.done ?? null}::integer, done), total = coalesce(${pace?.total ?? null}::integer, total),
           compared = ${totals.compared}, wrong = ${totals.wrong}, lagging = ${totals.lagging}, allowed = ${totals.allowed}, not_kept = ${totals.notKept} where id = ${runId}`.execute(
    db,
  );
}

/** Writes the counts of a check that came to its end. */
export async function saveCounts({ db }: Pick<Ctx, "db">, { runId, counts }: Findings): Promise<void> {
  const rows = [...counts].map(([key, n]) => {
    const [windowKind, channelId, attribute, verdict] = key.split("/");
    return { windowKind, channelId, attribute, verdict, n };
  });
  await sql`
    insert into parity.count (run_id, window_kind, channel_id, attribute, verdict, n)
    select ${runId}::uuid, "windowKind", "channelId", "attribute", "verdict", "n"
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r ("windowKind" text, "channelId" uuid, "attribute" text, "verdict" text, "n" integer)`.execute(
    db,
  );
}
