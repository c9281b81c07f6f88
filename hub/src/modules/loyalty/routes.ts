import type { LoyaltyEntryView, LoyaltyView } from "@weft/contracts";
import { err, ok, type RecordId } from "@weft/kernel";
import { z } from "zod";
import { pageFrom, read, readCursor, write, type Actor, type Ctx, type Route, type ShownTouch, type Signer } from "../../platform/index.ts";
import { customerOf, recordIdOf, recordsOf } from "../customers/index.ts";
import type { LedgerEntry } from "../ledger/index.ts";
import { placesSnapshot } from "../places/index.ts";
import { cardToken } from "./card.ts";
import { enroll } from "./commands/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "./errors.ts";
import { membershipsOf, pointsHistory, pointsOf } from "./queries/index.ts";
import { programSnapshot } from "./snapshot.ts";

export type LoyaltyDeps = { readonly signer: Signer };

export const loyaltyRoutes = (deps: LoyaltyDeps): readonly Route[] => [
  // Whoever looks at their card for the first time becomes a member by it, so this reads in a transaction.
  write(
    "loyalty.read",
    async (ctx, { params }) => {
      const recordId = await recordIdOf(ctx, params.id);
      return recordId ? readLoyalty(ctx, deps, recordId) : err<LoyaltyError>({ code: "customer.unknown" });
    },
    { problems: LOYALTY_PROBLEMS, shown: (card, { params }, actor) => shownCard(card, params.id, actor) },
  ),
  read(
    "loyalty.history",
    async (ctx, { params, query }) => {
      const recordId = await recordIdOf(ctx, params.id);
      const program = await ctx.snapshots.current(programSnapshot);
      if (!recordId) return err<LoyaltyError>({ code: "customer.unknown" });
      if (!program) return ok({ items: [], nextCursor: null });
      const rows = await pointsHistory(ctx, {
        recordIds: await recordsOf(ctx, await customerOf(ctx, recordId)),
        programId: program.rule.programId,
        before: readCursor(z.uuid(), query.cursor),
        limit: query.limit + 1,
      });
      const places = (await ctx.snapshots.current(placesSnapshot)).places;
      const placeName = ({ placeId }: LedgerEntry) => (placeId && places.get(placeId)?.name) ?? null;
      return ok(
        pageFrom(
          rows,
          query.limit,
          (entry) => presentEntry(entry, placeName(entry)),
          ({ id }) => id,
        ),
      );
    },
    { problems: LOYALTY_PROBLEMS },
  ),
];

async function readLoyalty(ctx: Ctx, deps: LoyaltyDeps, recordId: RecordId) {
  const program = await ctx.snapshots.current(programSnapshot);
  if (!program) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  const { rule } = program;
  const recordIds = await recordsOf(ctx, await customerOf(ctx, recordId));
  if ((await membershipsOf(ctx, recordIds)).length === 0) await enroll(ctx, [recordId]);
  const [card] = await membershipsOf(ctx, recordIds);
  if (!card) return err<LoyaltyError>({ code: "loyalty.not_a_member" });
  const points = await pointsOf(ctx, recordIds, rule.programId);
  const view: LoyaltyView = {
    programId: rule.programId,
    programName: rule.programName,
    balance: points.balance,
    earnedInAll: points.earnedInAll,
    cardNumber: card.cardNumber,
    cardToken: await cardToken(deps.signer, card.recordId),
    asOf: ctx.now.toISOString(),
    earnRule: { points: rule.points, perMinorUnits: rule.perMinorUnits, currency: rule.currency },
  };
  return ok(view);
}

function presentEntry({ id, at, amount, kind, because, orderId }: LedgerEntry, placeName: string | null): LoyaltyEntryView {
  return { id, at: at.toISOString(), points: amount, kind, because, orderId, placeName };
}

/** The balance that somebody was shown on their own card. It has no version of its own: it counts as another one every minute. */
function shownCard({ programId, balance, asOf }: LoyaltyView, id: string, actor: Actor): ShownTouch | null {
  const recordId = id === "me" ? (actor.customer?.recordId ?? null) : id;
  if (actor.channelId === null || recordId === null) return null;
  return {
    recordId,
    channelId: actor.channelId,
    placeId: actor.device?.placeId ?? null,
    subject: `program/${programId}`,
    version: Math.floor(Date.parse(asOf) / 60_000),
    kind: "balance.shown",
    shown: { balance: { points: balance, asOf } },
  };
}
