import type { LineId, PlaceId, VariantId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { catalogSnapshot } from "../../catalog/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { HOLD_HARD_CAP_MINUTES, HOLD_MINUTES } from "../queries/assess-cart.ts";
import type { Draft, LoadedCart, Refusal, StoredHold, StoredLine } from "../domain/index.ts";

export type Held = { readonly draft: Draft; readonly holds: readonly StoredHold[] };

/** What a line wants held at a place; 0 gives it back. */
type Target = { readonly lineId: LineId; readonly variantId: VariantId; readonly placeId: PlaceId; readonly quantity: number };
type HoldRow = { lineId: LineId; placeId: PlaceId; granted: boolean; available: number; free: number; expiresAt: Date | null };

/**
 * Takes and gives back holds so that they match the draft, in one statement. A line that was raised and is short goes back to what it
 * was, and its operation is refused with what is left; a line that only came to another place stays and becomes a requirement.
 * Anonymous carts hold a bounded number of units, so that nobody empties the shelves by clicking.
 */
export async function holdFor(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Held> {
  const capped = await withinCaps(ctx, cart, draft);
  const targets = await targetsOf(ctx, cart, capped);
  if (targets.length === 0) return { draft: capped, holds: cart.holds };
  const settings = await holdSettings(ctx, capped.placeId);
  const { rows } = await sql<HoldRow>`
    select line_id as "lineId", place_id as "placeId", granted, available, free, expires_at as "expiresAt"
      from stock.hold_lines(${cart.id}, ${targets.map((target) => target.lineId)}::uuid[], ${targets.map((target) => target.variantId)}::uuid[],
        ${targets.map((target) => target.placeId)}::uuid[], ${targets.map((target) => target.quantity)}::int[], ${settings.minutes}, ${settings.hardCapMinutes})`.execute(
    ctx.db,
  );
  const short = new Map(rows.filter((row) => !row.granted).map((row) => [row.lineId, row]));
  // At a till the goods are in somebody's hand: the line stays, and completion records the shortage.
  const kept = ctx.actor.device?.kind === "till" ? capped : putBackShort(cart, capped, short);
  return { draft: withAvailability(kept, rows), holds: holdsAfter(cart, targets, rows) };
}

async function targetsOf(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Target[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const targets: Target[] = [];
  const lines = new Map(draft.lines.map((line) => [line.id, line]));
  for (const hold of cart.holds) {
    const line = lines.get(hold.lineId);
    if (!line || hold.placeId !== draft.placeId)
      targets.push({ lineId: hold.lineId, variantId: hold.variantId, placeId: hold.placeId, quantity: 0 });
  }
  for (const line of draft.lines) {
    if (!draft.placeId || !catalog.byVariant(line.variantId)?.tracked) continue;
    const held = cart.holds.find((hold) => hold.lineId === line.id && hold.placeId === draft.placeId);
    if (held?.quantity !== line.quantity)
      targets.push({ lineId: line.id, variantId: line.variantId, placeId: draft.placeId, quantity: line.quantity });
  }
  return targets;
}

function putBackShort(cart: LoadedCart, draft: Draft, short: ReadonlyMap<LineId, HoldRow>): Draft {
  const before = new Map(cart.lines.map((line) => [line.id, line.quantity]));
  const raised = draft.lines.filter((line) => short.has(line.id) && line.quantity > (before.get(line.id) ?? 0));
  if (raised.length === 0) return draft;
  const back = new Set(raised.map(({ id }) => id));
  return {
    ...draft,
    lines: draft.lines.flatMap((line) => (back.has(line.id) ? restored(line, before.get(line.id)) : [line])),
    outcomes: draft.outcomes.map((outcome) => {
      const line = outcome.outcome === "applied" ? raised.find(({ id }) => id === outcome.lineId) : undefined;
      return line ? { ...outcome, outcome: "refused" as const, refusal: shortage(line, short.get(line.id)?.available ?? 0) } : outcome;
    }),
  };
}

function restored(line: StoredLine, quantity: number | undefined): StoredLine[] {
  return quantity === undefined ? [] : [{ ...line, quantity }];
}

function shortage(line: StoredLine, available: number): Refusal {
  return { code: "stock.insufficient", data: { sku: line.sku, variantId: line.variantId, requested: line.quantity, available } };
}

function withAvailability(draft: Draft, rows: readonly HoldRow[]): Draft {
  const available = new Map(rows.map((row) => [row.lineId, row.free]));
  return {
    ...draft,
    lines: draft.lines.map((line) => (available.has(line.id) ? { ...line, available: available.get(line.id) ?? null } : line)),
  };
}

function holdsAfter(cart: LoadedCart, targets: readonly Target[], rows: readonly HoldRow[]): StoredHold[] {
  const answered = (target: Target) => rows.find((row) => row.lineId === target.lineId && row.placeId === target.placeId);
  const touched = targets.filter((target) => answered(target)?.granted);
  const untouched = cart.holds.filter(
    (hold) => !touched.some((target) => target.lineId === hold.lineId && target.placeId === hold.placeId),
  );
  const taken = touched.flatMap((target) => {
    const expiresAt = answered(target)?.expiresAt;
    return target.quantity > 0 && expiresAt
      ? [{ lineId: target.lineId, variantId: target.variantId, placeId: target.placeId, quantity: target.quantity, expiresAt }]
      : [];
  });
  return [...untouched, ...taken];
}

/** The most that a cart of nobody known may hold: of one SKU, and in all. Known customers, staff and tills have no such bound. */
async function withinCaps(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Draft> {
  if (cart.customer?.known || ctx.actor.staff || ctx.actor.device || ctx.actor.kind === "secret" || !draft.placeId) return draft;
  const { perSku, inAll } = await holdSettings(ctx, draft.placeId);
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const tracked = draft.lines.filter((line) => catalog.byVariant(line.variantId)?.tracked);
  const before = new Map(cart.lines.map((line) => [line.id, line.quantity]));
  const total = tracked.reduce((sum, line) => sum + line.quantity, 0);
  const over = tracked.filter((line) => line.quantity > (before.get(line.id) ?? 0) && (line.quantity > perSku || total > inAll));
  if (over.length === 0) return draft;
  const ids = new Set(over.map(({ id }) => id));
  return {
    ...draft,
    lines: draft.lines.flatMap((line) => (ids.has(line.id) ? restored(line, before.get(line.id)) : [line])),
    outcomes: draft.outcomes.map((outcome) =>
      outcome.outcome === "applied" && outcome.lineId && ids.has(outcome.lineId)
        ? { ...outcome, outcome: "refused" as const, refusal: { code: "stock.hold_cap", data: { perSku, inAll } } }
        : outcome,
    ),
  };
}

async function holdSettings(ctx: Ctx, placeId: PlaceId | null) {
  const places = await ctx.snapshots.current(placesSnapshot);
  const settings = placeId ? places.places.get(placeId)?.settings : undefined;
  return {
    minutes: settings?.holdMinutes ?? HOLD_MINUTES,
    hardCapMinutes: HOLD_HARD_CAP_MINUTES,
    perSku: settings?.anonymousMaxUnitsPerSku ?? 10,
    inAll: settings?.anonymousMaxUnits ?? 30,
  };
}
