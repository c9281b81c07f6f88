import type { OpenedChangeLinkView, ParsedBodyOf } from "@weft/contracts";
import { asId, err, newId, ok, type OrderId, type Result } from "@weft/kernel";
import { raw, read, sendAnswer, write, type RawCall, type Route } from "../../../platform/index.ts";
import { auditWrite } from "../../access/index.ts";
import { answerNotDone } from "../answer-later.ts";
import { changeOrAsk, type Change, type Changing } from "../change-or-ask.ts";
import { wishOf } from "../change-routes.ts";
import { CHECKOUT_PROBLEMS, type CheckoutError } from "../errors.ts";
import { keyOfCall } from "../key-of-call.ts";
import { deskOn } from "../late-answers.ts";
import { changeableOrder, type ChangeLinkId, type ChangeReader, type ChangeWish } from "../prepare-change.ts";
import type { SettleDeps } from "../settle.ts";
import { endLink } from "./end.ts";
import { makeChangeLink } from "./make.ts";
import { offererOf, presentChangeLink, presentOpenedLink } from "./present.ts";
import { changeLinkById, changeLinkByToken, changeLinksOf, type ChangeLink } from "./stored.ts";

const problems = CHECKOUT_PROBLEMS;
const UNKNOWN: CheckoutError = { code: "order.unknown" };

/** Changes of orders that are paid by a link [CHK-27]. */
export const changeLinkRoutes = (deps: SettleDeps): readonly Route[] => [...staffRoutes(deps), ...linkRoutes(deps)];

const staffRoutes = (deps: SettleDeps): readonly Route[] => [
  write(
    "orders.offerChange",
    async (ctx, { params, body }) => {
      const { expectedDifference, reason, validUntil } = body;
      const terms = { wish: { ...wishOf(body), reason }, expectedDifference, validUntil: new Date(validUntil) };
      const made = await makeChangeLink(ctx, deps.vault, asId<OrderId>(params.id), terms);
      return made.ok ? ok(presentChangeLink(deps, made.value)) : made;
    },
    { problems },
  ),
  read(
    "orders.changeLinks",
    async (ctx, { params }) => {
      const entry = await changeableOrder(ctx, asId<OrderId>(params.id));
      // What takes no change any more has no link that stands.
      if (!entry.ok) return entry.error.code === "order.not_changeable" ? ok({ items: [] }) : entry;
      return ok({ items: (await changeLinksOf(ctx, entry.value.order.id)).map((link) => presentChangeLink(deps, link)) });
    },
    { problems },
  ),
  write(
    "orders.revokeChangeLink",
    async (ctx, { params }) => {
      const entry = await changeableOrder(ctx, asId<OrderId>(params.id));
      if (!entry.ok) return entry;
      const link = await changeLinkById(ctx, asId<ChangeLinkId>(params.linkId));
      const ended = link?.orderId === entry.value.order.id ? await endLink(ctx, link, "revoked") : undefined;
      if (!ended) return err(UNKNOWN);
      await auditWrite(ctx, { action: "orders.revokeChangeLink", subject: `order/${ended.orderId}` });
      return ok(presentChangeLink(deps, ended));
    },
    { problems },
  ),
];

const linkRoutes = (deps: SettleDeps): readonly Route[] => [
  // A change that is judged anew names the lines that it would bring, also when nothing is written.
  read("changeLinks.open", async (ctx, { params }) => opened({ ...ctx, newId }, await changeLinkByToken(ctx, params.token)), { problems }),
  write(
    "changeLinks.decline",
    async (ctx, { params }) => {
      const link = await changeLinkByToken(ctx, params.token);
      return opened(ctx, link && (await endLink(ctx, link, "declined")));
    },
    { problems },
  ),
  raw("changeLinks.pay", (call) => pay(call, deps)),
];

async function opened(ctx: ChangeReader, link: ChangeLink | undefined): Promise<Result<OpenedChangeLinkView, CheckoutError>> {
  const view = link && (await presentOpenedLink(ctx, link));
  return view ? ok(view) : err(UNKNOWN);
}

/** Pays what a change costs more: the order is changed as it was offered, by the right of who offered it. */
async function pay(call: RawCall, deps: SettleDeps) {
  const { reply, around, input } = call;
  const { key, refusal } = keyOfCall(call, deps, "changeLinks.pay");
  if (!key) return refusal;
  // The edge has parsed both by this operation's contract, whose types a raw call does not carry.
  const { params, body } = input as unknown as { params: { token: string }; body: ParsedBodyOf<"changeLinks.pay"> };
  const link = await changeLinkByToken(deskOn(around).read, params.token);
  const changing: Changing<OpenedChangeLinkView> = link
    ? await changeOrAsk({ ...around, actor: offererOf(link) }, deps, asChange(link, body), key)
    : { kind: "refused", error: UNKNOWN };
  if (changing.kind !== "changed") return answerNotDone(call, key, changing);
  return sendAnswer("changeLinks.pay", 200, changing.view, reply, false);
}

/** A link that has ended keeps no wish: a repeat of the call that paid it finds its answer, and any other is refused before the wish is looked at. */
function asChange(link: ChangeLink, { cardToken, returnPath }: ParsedBodyOf<"changeLinks.pay">): Change<OpenedChangeLinkView> {
  const { orderId, wish } = link;
  return {
    orderId,
    wish: { ...(wish ?? NO_WISH), tenders: [{ kind: "card", token: cardToken }] },
    returnPath: returnPath ?? null,
    mayBegin: async (ctx) => {
      const now = await changeLinkById(ctx, link.id);
      return now?.state === "open" && now.validUntil > ctx.now ? null : { code: "order.link_ended" };
    },
    after: async (ctx) => opened(ctx, await changeLinkById(ctx, link.id)),
  };
}

const NO_WISH: ChangeWish = {
  remove: [],
  add: [],
  address: null,
  contact: null,
  reason: null,
  tenders: [],
  expectedDifference: null,
  version: null,
};
