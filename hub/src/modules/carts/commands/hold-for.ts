import type { LineId, PlaceId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../../platform/index.ts";
import { catalogSnapshot, stockLines, type StockLine } from "../../catalog/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { HOLD_HARD_CAP_MINUTES, HOLD_MINUTES } from "../queries/assess-cart.ts";
import { withAhead } from "../queries/lines-ahead.ts";
import {
  elsewhereOf,
  heldLineId,
  sharesOf,
  withoutGone,
  type Draft,
  type Goods,
  type LineShare,
  type LoadedCart,
  type Refusal,
  type StoredHold,
  type StoredLine,
} from "../domain/index.ts";

/** `isShort`: a line could not be held as it was wanted. */
export type Held = { readonly draft: Draft; readonly holds: readonly StoredHold[]; readonly isShort: boolean };

/** What a line wants held at a place; 0 gives it back. Goods with parts want each of them [CAT-11]. */
type Target = StockLine & { readonly placeId: PlaceId };
type HoldRow = { lineId: LineId; placeId: PlaceId; granted: boolean; available: number; free: number; expiresAt: Date | null };

/**
 * Takes and gives back holds so that they match the draft, in one statement. A line that was raised and is short goes back to what it
 * was, and its operation is refused with what is left; a line that only came to another place stays and becomes a requirement.
 * Anonymous carts hold a bounded number of units, so that nobody empties the shelves by clicking.
 */
export async function holdFor(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Held> {
  // A training register keeps nothing from anybody [ACC-18].
  if (ctx.actor.device?.isTraining === true) return { draft: asIfThere(draft), holds: cart.holds, isShort: false };
  const known = { ...draft, lines: await withAhead(ctx, draft.lines, draft.placeId) };
  const capped = await withinCaps(ctx, cart, known);
  const targets = await targetsOf(ctx, cart, capped);
  if (targets.length === 0) return { draft: capped, holds: cart.holds, isShort: false };
  const answers = await holdWhatIsThere(ctx, cart, capped, targets);
  const refused = new Set(answers.filter(({ row }) => !row.granted).map(({ target }) => target.of));
  await giveBackParts(ctx, cart, capped, answers, refused);
  const short = new Map([...refused].map((id) => [id, fewest(answers, id, "available")]));
  // At a till the goods are in somebody's hand: the line stays, and completion records the shortage.
  const isInHand = ({ id }: StoredLine): boolean => ctx.actor.device?.kind === "till" && !elsewhereOf(capped.wanted, id);
  const kept = putBackShort(
    cart,
    capped,
    new Map([...short].filter(([id]) => !capped.lines.some((line) => line.id === id && isInHand(line)))),
  );
  return { draft: withAvailability(kept, answers), holds: holdsAfter(cart, answers, refused), isShort: refused.size > 0 };
}

/** Nothing is short where nothing is held. */
function asIfThere(draft: Draft): Draft {
  return { ...draft, lines: draft.lines.map((line) => ({ ...line, available: line.available ?? line.quantity })) };
}

/** Of a line that is sold before it is there the units that are there are held; the others wait from the order on [CRT-31]. */
async function holdWhatIsThere(ctx: Ctx, cart: LoadedCart, draft: Draft, targets: readonly Target[]): Promise<Answer[]> {
  const answers = await holdLines(ctx, cart, draft, targets);
  const lowered = answers.flatMap(({ target, row }): Target[] => {
    const line = row.granted || !draft.placeId ? undefined : draft.lines.find(({ id }) => id === target.of);
    const share = line && draft.placeId && sharesOf(line, draft.placeId).find(({ placeId }) => placeId === target.placeId);
    const waits = target.quantity - row.available;
    return share && share.ahead && waits <= share.ahead.left ? [{ ...target, quantity: row.available }] : [];
  });
  if (lowered.length === 0) return answers;
  const again = await holdLines(ctx, cart, draft, lowered);
  return answers.map(
    (answer) => again.find(({ target }) => target.lineId === answer.target.lineId && target.placeId === answer.target.placeId) ?? answer,
  );
}

/** What became of each target. */
type Answer = { readonly target: Target; readonly row: HoldRow };

async function holdLines(ctx: Ctx, cart: LoadedCart, draft: Draft, targets: readonly Target[]): Promise<Answer[]> {
  const settings = await holdSettings(ctx, draft.placeId);
  const { rows } = await sql<HoldRow>`
    select line_id as "lineId", place_id as "placeId", granted, available, free, expires_at as "expiresAt"
      from stock.hold_lines(${cart.id}, ${targets.map((target) => target.lineId)}::uuid[], ${targets.map((target) => target.variantId)}::uuid[],
        ${targets.map((target) => target.placeId)}::uuid[], ${targets.map((target) => target.quantity)}::int[], ${settings.minutes}, ${settings.hardCapMinutes})`.execute(
    ctx.db,
  );
  return targets.flatMap((target) => {
    const row = rows.find(({ lineId, placeId }) => lineId === target.lineId && placeId === target.placeId);
    return row ? [{ target, row }] : [];
  });
}

/** Of goods of which one part is short the others are not kept from anybody: they go back to what the cart held of them. */
async function giveBackParts(
  ctx: Ctx,
  cart: LoadedCart,
  draft: Draft,
  answers: readonly Answer[],
  refused: ReadonlySet<LineId>,
): Promise<void> {
  const taken = answers.filter(({ target, row }) => row.granted && target.quantity > 0 && refused.has(target.of));
  if (taken.length === 0) return;
  const before = (target: Target): number =>
    cart.holds.find((hold) => hold.lineId === target.lineId && hold.placeId === target.placeId)?.quantity ?? 0;
  await holdLines(
    ctx,
    cart,
    draft,
    taken.map(({ target }) => ({ ...target, quantity: before(target) })),
  );
}

/** Whole units of a line by the scarcest of what it wants, at each of the places that send it. */
function fewest(answers: readonly Answer[], line: LineId, field: "available" | "free"): number {
  const own = answers.filter(({ target }) => target.of === line && target.quantity > 0);
  const places = new Set(own.map(({ target }) => target.placeId));
  return [...places].reduce((sum, placeId) => sum + fewestAt(own, placeId, field), 0);
}

function fewestAt(own: readonly Answer[], placeId: PlaceId, field: "available" | "free"): number {
  return Math.min(...own.filter(({ target }) => target.placeId === placeId).map(({ target, row }) => Math.floor(row[field] / target.per)));
}

async function targetsOf(ctx: Ctx, cart: LoadedCart, draft: Draft): Promise<Target[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const targets: Target[] = [];
  const { placeId: home } = draft;
  const wanted = draft.lines.flatMap((line) => {
    const goods = catalog.byVariant(line.variantId);
    return goods && home ? sharesOf(line, home).flatMap((share) => targetsOfShare(line, share, home, goods)) : [];
  });
  const unknown = draft.lines.filter(({ variantId }) => !catalog.byVariant(variantId)).map(({ id }) => [id, home] as const);
  const at = new Map([...unknown, ...wanted.map(({ lineId, placeId }) => [lineId, placeId] as const)]);
  for (const { lineId, variantId, placeId } of cart.holds)
    if (at.get(lineId) !== placeId) targets.push({ lineId, of: lineId, variantId, placeId, quantity: 0, per: 1 });
  for (const target of wanted) {
    const held = cart.holds.find((hold) => hold.lineId === target.lineId && hold.placeId === target.placeId);
    if (held?.quantity !== target.quantity) targets.push(target);
  }
  return targets;
}

function targetsOfShare(line: StoredLine, { placeId, quantity, ahead }: LineShare, home: PlaceId, goods: Goods): Target[] {
  // What is not on the market yet is held nowhere, also where it was delivered already.
  if (ahead?.kind === "preorder") return [];
  const id = heldLineId(line.id, placeId, home);
  return stockLines(id, goods, quantity).map((target) => ({ ...target, of: line.id, placeId }));
}

function putBackShort(cart: LoadedCart, draft: Draft, short: ReadonlyMap<LineId, number>): Draft {
  const before = new Map(cart.lines.map((line) => [line.id, line.quantity]));
  const raised = draft.lines.filter((line) => short.has(line.id) && line.quantity > (before.get(line.id) ?? 0));
  if (raised.length === 0) return draft;
  const back = new Set(raised.map(({ id }) => id));
  const lines = draft.lines.flatMap((line) => (back.has(line.id) ? restored(line, before.get(line.id)) : [line]));
  return {
    ...draft,
    lines,
    wanted: withoutGone(draft.wanted, lines),
    outcomes: draft.outcomes.map((outcome) => {
      const line = outcome.outcome === "applied" ? raised.find(({ id }) => id === outcome.lineId) : undefined;
      return line ? { ...outcome, outcome: "refused" as const, refusal: shortage(line, short.get(line.id) ?? 0) } : outcome;
    }),
  };
}

function restored(line: StoredLine, quantity: number | undefined): StoredLine[] {
  return quantity === undefined ? [] : [{ ...line, quantity }];
}

function shortage(line: StoredLine, available: number): Refusal {
  return { code: "stock.insufficient", data: { sku: line.sku, variantId: line.variantId, requested: line.quantity, available } };
}

function withAvailability(draft: Draft, answers: readonly Answer[]): Draft {
  const here = answers.filter(({ target }) => target.quantity > 0);
  const answered = new Set(here.map(({ target }) => target.of));
  return {
    ...draft,
    lines: draft.lines.map((line) => {
      if (!answered.has(line.id)) return line;
      const own = here.filter(({ target }) => target.of === line.id);
      const shares = line.shares?.map((share) =>
        own.some(({ target }) => target.placeId === share.placeId) ? { ...share, available: fewestAt(own, share.placeId, "free") } : share,
      );
      return { ...line, available: fewest(here, line.id, "free"), ...(shares && { shares }) };
    }),
  };
}

function holdsAfter(cart: LoadedCart, answers: readonly Answer[], refused: ReadonlySet<LineId>): StoredHold[] {
  const touched = answers.filter(({ target, row }) => row.granted && (target.quantity === 0 || !refused.has(target.of)));
  const untouched = cart.holds.filter(
    (hold) => !touched.some(({ target }) => target.lineId === hold.lineId && target.placeId === hold.placeId),
  );
  const taken = touched.flatMap(({ target: { lineId, variantId, placeId, quantity }, row: { expiresAt } }) =>
    quantity > 0 && expiresAt ? [{ lineId, variantId, placeId, quantity, expiresAt }] : [],
  );
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

/** How a place holds for carts: how long, and how much for those whom nobody knows. */
export async function holdSettings(ctx: Ctx, placeId: PlaceId | null) {
  const places = await ctx.snapshots.current(placesSnapshot);
  const settings = placeId ? places.places.get(placeId)?.settings : undefined;
  return {
    minutes: settings?.holdMinutes ?? HOLD_MINUTES,
    hardCapMinutes: HOLD_HARD_CAP_MINUTES,
    perSku: settings?.anonymousMaxUnitsPerSku ?? 10,
    inAll: settings?.anonymousMaxUnits ?? 30,
  };
}
