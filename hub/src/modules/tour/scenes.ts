import type { Locale, TourSceneName } from "@weft/contracts";
import { asId, type CartId, type RecordId } from "@weft/kernel";
import { sql } from "kysely";
import type { Ctx } from "../../platform/index.ts";
import { createCustomerSession, type NewSession } from "../access/index.ts";
import { abandonCart, openCart, openCartsOf } from "../carts/index.ts";
import { completeSale } from "../checkout/index.ts";
import { writeRecord } from "../customers/index.ts";
import { setPreferences } from "../consent/index.ts";
import { catalogSnapshot } from "../catalog/index.ts";
import { enroll, openBalances } from "../loyalty/index.ts";
import { documentPlace } from "../places/index.ts";
import { enterStock, levelsOf } from "../stock/index.ts";
import { asNobody, replacePerson, type TourDeps } from "./commands.ts";
import { personaOf } from "./domain/index.ts";
import { mustReadVisit, visitOfPhone, type Visit } from "./visits.ts";

/** The session of the framed shop. */
export const SHOP_SESSION = "weft_shop_left";
/** Enough for a reward only together with what the store's own card has, and for one alone. */
const POINTS = { phone: 100, store: 50 } as const;
/** What is collected, by the name in its address, and how many of each kind a visitor finds at least: also twenty at once. */
const COLLECTED = "woven-mug";
const SHELF_UNITS = 25;

/**
 * Sets the stage for a scene [TOU-2]: the first with a new person, the others with somebody who has signed up and an empty cart; for points,
 * the store has a card of its own of them. The person wants to be written to in the visitor's `language`. Answers a session for the framed shop where it needs one.
 */
export async function setScene(ctx: Ctx, deps: TourDeps, visit: Visit, { scene, language }: Wanted): Promise<Stage> {
  if (scene === "seams") return { visit, session: null };
  if (scene === "sign_up") await replacePerson(ctx, deps, visit);
  else await prepare(ctx, visit, { scene, language });
  if (scene === "return") await buy(ctx, deps, await mustReadVisit(ctx, visit.id));
  const needsSession = scene !== "sign_up" && visit.signedUpAt === null;
  return { visit: await mustReadVisit(ctx, visit.id), session: needsSession ? await enterShop(ctx, visit) : null };
}

export type Wanted = { readonly scene: TourSceneName; readonly language: Locale };
export type Stage = { readonly visit: Visit; readonly session: NewSession | null };

async function prepare(ctx: Ctx, visit: Visit, { scene, language }: Wanted): Promise<void> {
  if (visit.signedUpAt === null) await signUp(ctx, visit, language);
  await giveUpCarts(ctx, visit);
  if (scene === "points") await knowInStore(ctx, visit);
  if (scene === "collect" || scene === "return") await fillShelf(ctx, visit);
}

/** Visitors carry away what the store really has: who comes after them finds as much of it. */
async function fillShelf(ctx: Ctx, { placeId }: Visit): Promise<void> {
  const { products } = await ctx.snapshots.current(catalogSnapshot);
  const variants = [...products.values()].find(({ slug }) => slug === COLLECTED)?.variants ?? [];
  const levels = await levelsOf(
    ctx,
    variants.map(({ id }) => id),
    [placeId],
  );
  for (const { variantId, available } of levels) {
    if (available >= SHELF_UNITS) continue;
    const filled = await enterStock(ctx, { kind: "receipt", variantId, placeId, quantity: SHELF_UNITS - available, reason: "tour" });
    if (!filled.ok) throw new Error(`the tour's goods could not be received: ${filled.error.code}`);
  }
}

/**
 * What the visitor brings back was bought on the phone, by card, and is in their hands: a sale that happened, so no link level keeps it from
 * having been made.
 */
async function buy(ctx: Ctx, { sale }: TourDeps, visit: Visit): Promise<void> {
  const { recordId, webChannelId: channelId, placeId } = visit;
  const { products } = await ctx.snapshots.current(catalogSnapshot);
  const sku = [...products.values()].find(({ slug }) => slug === COLLECTED)?.variants[0]?.sku;
  if (!sale || sku === undefined) throw new Error("the tour's goods are not sold");
  const customer = { recordId, sessionId: ctx.actor.customer?.sessionId ?? "" };
  const asVisitor: Ctx = { ...ctx, actor: { ...ctx.actor, kind: "customer", channelId, customer } };
  const operations = [{ id: ctx.newId(), kind: "add" as const, sku, quantity: 1, options: [] }];
  const opened = await openCart(asVisitor, { placeId, fulfillment: "take_away", operations, isTicket: false });
  if (!opened.ok) throw new Error(`the tour's cart was refused: ${opened.error.code}`);
  const request = {
    cartId: asId<CartId>(opened.value.cart.id), // as it was just opened
    fulfillment: { kind: "take_away" as const, placeId, dining: "take_away" as const, dueAt: null },
    tenders: [{ kind: "card" as const, token: "sandbox_approve" }],
    expectedTotal: opened.value.cart.totals.total,
    contact: null,
  };
  const actor = { kind: "customer", channelId, placeId, staffId: null, staffName: null, isAtTill: true };
  const sold = await completeSale(asVisitor, sale, request, { mode: "recorded", at: ctx.now, actor });
  if (!sold.ok) throw new Error(`the tour's sale was refused: ${sold.error.code}`);
}

function enterShop(ctx: Ctx, { recordId, webChannelId }: Visit): Promise<NewSession> {
  return createCustomerSession(asNobody(ctx), { recordId, app: SHOP_SESSION, channelId: webChannelId });
}

/** The visitor of this phone signs up: the persona becomes a customer of its channel, with a card and a language. Undefined: no visitor's phone. */
export async function signUpOnPhone(ctx: Ctx, language: Locale): Promise<RecordId | undefined> {
  const visit = await visitOfPhone(ctx);
  if (!visit) return undefined;
  if (visit.signedUpAt === null) await signUp(ctx, visit, language);
  return visit.recordId;
}

async function signUp(ctx: Ctx, visit: Visit, language: Locale): Promise<void> {
  const { recordId, webChannelId: channelId } = visit;
  await know(ctx, visit, { recordId, channelId, points: POINTS.phone, isStore: false });
  const onPhone: Ctx = { ...ctx, actor: { ...ctx.actor, channelId } };
  await setPreferences(onPhone, recordId, "web", { language, channel: "email" });
  await sql`update tour.visit set signed_up_at = ${ctx.now} where id = ${visit.id}`.execute(ctx.db);
}

/** The store has a card of its own of the same person, under another address. */
async function knowInStore(ctx: Ctx, visit: Visit): Promise<void> {
  await know(ctx, visit, { recordId: visit.walkInId, channelId: visit.storeChannelId, points: POINTS.store, isStore: true });
}

type Known = Pick<Visit, "recordId"> & {
  readonly channelId: Visit["webChannelId"];
  readonly points: number;
  readonly isStore: boolean;
};

async function know(ctx: Ctx, visit: Visit, { recordId, channelId, points, isStore }: Known): Promise<void> {
  const { givenName, familyName, email, storeEmail } = personaOf(visit.persona);
  const written = await writeRecord(ctx, {
    channelId,
    recordId,
    input: { givenName, familyName, email: isStore ? storeEmail : email },
    verified: isStore ? [] : ["email"],
    verifiedBy: "sign_in",
    cause: isStore ? "till" : "sign_in",
  });
  if (!written.ok) throw new Error(`a persona was refused: ${written.error.code}`);
  await enroll(ctx, [recordId]);
  const place = await documentPlace(ctx, visit.placeId);
  if (place) await openBalances(ctx, [{ recordId, points, entityId: place.entityId, channelId, timeZone: place.timeZone }]);
}

async function giveUpCarts(ctx: Ctx, { recordId, walkInId, webChannelId }: Visit): Promise<void> {
  const customer = { recordId, sessionId: ctx.actor.customer?.sessionId ?? "" };
  const asVisitor: Ctx = { ...ctx, actor: { ...ctx.actor, kind: "customer", channelId: webChannelId, customer } };
  for (const { id } of await openCartsOf(ctx, [recordId, walkInId])) await abandonCart(asVisitor, id);
}
