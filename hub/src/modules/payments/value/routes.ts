import { asId, err, ok, type RecordId } from "@weft/kernel";
import { visibleFields } from "../../access/index.ts";
import { customerOf, recordForTill, recordIdOf, recordsOf } from "../../customers/index.ts";
import { Committed, read, write, type Ctx, type Input, type ReadCtx, type Route, type Vault } from "../../../platform/index.ts";
import type { GiftCardId } from "../domain.ts";
import { PAYMENT_PROBLEMS, type PaymentError } from "../errors.ts";
import { presentGiftCard, setBlocked } from "./cards.ts";
import { grantCredit, readCredit, type CreditGrantId } from "./credit.ts";
import { guesserOf, tryCode } from "./guess.ts";
import { replaceCard } from "./replace.ts";

const problems = PAYMENT_PROBLEMS;

/** Store credit and gift cards, beside the orders that they pay. */
export const storedValueRoutes = ({ vault }: { readonly vault: Vault }): readonly Route[] => [
  read(
    "storeCredit.read",
    async (ctx, { params }) => {
      const recordId = await whose(ctx, params.id);
      return recordId ? ok(await creditOfCustomer(ctx, recordId)) : err<PaymentError>({ code: "customer.unknown" });
    },
    { problems, audit: ({ params }) => (params.id === "me" ? null : `customer/${params.id}`) },
  ),
  write("storeCredit.grant", grant, { problems }),
  write(
    "giftCards.lookUp",
    async (ctx, { body, request }) => {
      const tried = await tryCode(ctx, vault, body.code, guesserOf(ctx.actor, vault, request.ip));
      if (!tried.ok) return tried;
      return ok(tried.value instanceof Committed ? tried.value : presentGiftCard(tried.value));
    },
    { problems },
  ),
  write("giftCards.block", (ctx, { params, body }) => setBlocked(ctx, asId<GiftCardId>(params.id), body.reason), { problems }),
  write("giftCards.unblock", (ctx, { params }) => setBlocked(ctx, asId<GiftCardId>(params.id), null), { problems }),
  write("giftCards.replace", (ctx, { params, body }) => replaceCard(ctx, vault, asId<GiftCardId>(params.id), body.reason), {
    problems,
    kept: (answer) => ({ ...answer, code: null }),
  }),
];

const creditOfCustomer = async (ctx: Pick<ReadCtx, "db">, recordId: RecordId) =>
  readCredit(ctx, await recordsOf(ctx, await customerOf(ctx, recordId)));

async function grant(ctx: Ctx, { params, body }: Input<"storeCredit.grant">) {
  const { staff } = ctx.actor;
  const recordId = await whose(ctx, params.id);
  if (!staff || !recordId) return err<PaymentError>({ code: "customer.unknown" });
  const { id, amount, reason, note } = body;
  const given = await grantCredit(ctx, staff, { id: asId<CreditGrantId>(id), recordId, amount, reason, note: note ?? null });
  return given.ok ? ok(await creditOfCustomer(ctx, recordId)) : given;
}

/** Whom the link levels carry to the caller; staff who see no contacts only those whom they opened at this till [IDN-12]. */
async function whose(ctx: Pick<ReadCtx, "db" | "actor" | "snapshots">, id: string): Promise<RecordId | undefined> {
  const seen = await recordIdOf(ctx, id);
  return !ctx.actor.staff || (seen && visibleFields(ctx.actor).has("contact")) ? seen : recordForTill(ctx, id);
}
