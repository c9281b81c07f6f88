import type { ReadCtx } from "../../../platform/index.ts";
import { customerOf, customersByIds, recordsOf } from "../../customers/index.ts";
import { placesSnapshot } from "../../places/index.ts";
import { membershipsOf, pointsOf, tierOf } from "../queries/index.ts";
import { programNow } from "../snapshot.ts";
import type { WalletPass } from "./passes.ts";
import type { WalletCard } from "./ports.ts";

/** As many as Apple's passes hold. */
const MOST_STORES = 10;

/** What a pass shows now: the card and the balance over the linked records [LOY-3]; null where there is no program or no card any more. */
export async function walletCardOf(ctx: Pick<ReadCtx, "db" | "snapshots" | "now">, pass: WalletPass): Promise<WalletCard | null> {
  const program = await programNow(ctx);
  const customerId = await customerOf(ctx, pass.recordId);
  const recordIds = await recordsOf(ctx, customerId);
  const [card] = await membershipsOf(ctx, recordIds);
  if (!program || !card) return null;
  const { rule } = program;
  const [customer] = await customersByIds(ctx, [customerId]);
  const tier = rule.tiers ? await tierOf(ctx, recordIds) : null;
  return {
    passId: pass.id,
    cardNumber: card.cardNumber,
    programName: rule.programName,
    points: (await pointsOf(ctx, recordIds, rule.programId)).balance,
    givenName: customer?.givenName ?? null,
    tierName: rule.tiers?.tiers.find(({ code }) => code === tier?.code)?.name ?? null,
    locale: pass.locale,
    asOf: ctx.now,
    stores: await storesOf(ctx),
  };
}

/** The stores of a small chain; which ten of many somebody goes to is not known here. */
async function storesOf(ctx: Pick<ReadCtx, "snapshots">): Promise<WalletCard["stores"]> {
  const { places } = await ctx.snapshots.current(placesSnapshot);
  const stores = [...places.values()].filter(({ kind, status }) => kind !== "warehouse" && status === "active");
  return stores.length > MOST_STORES ? [] : stores.map(({ name, latitude, longitude }) => ({ name, latitude, longitude }));
}
