import { asId, err, ok, type EntityId, type Result } from "@weft/kernel";
import { read, write, type Ctx, type Input, type ReadCtx, type Route } from "../../platform/index.ts";
import { keyHashIn } from "../access/index.ts";
import type { CardKeys } from "./card.ts";
import {
  addPartner,
  bookPartnerPayment,
  earnAtPartner,
  endPartner,
  giveBackAtPartner,
  payAtPartner,
  renewPartnerKey,
  setPartnerTerms,
  takeBackAtPartner,
} from "./commands/index.ts";
import type { PartnerId } from "./domain/index.ts";
import { LOYALTY_PROBLEMS, type LoyaltyError } from "./errors.ts";
import { partnerBy, partnersOf, statementOf, type Partner } from "./queries/index.ts";

const PROBLEMS = { problems: LOYALTY_PROBLEMS };
/** The edge knows a partner's system by nothing: its idempotency keys are its own by the hash of the key that it shows [LOY-42]. */
const OF_PARTNER = { ...PROBLEMS, keyedBy: ({ request }: Pick<Input<"partner.earn">, "request">) => ownKeys(request) };

/** Partners of the program, for the office that keeps them and for their own systems. */
export const partnerRoutes = (keys: CardKeys): readonly Route[] => [
  read("loyalty.partners", async (ctx) => ok({ items: await partnersOf(ctx) }), PROBLEMS),
  write(
    "loyalty.addPartner",
    async (ctx, { body }) => {
      const added = await addPartner(ctx, { ...body, entityId: asId<EntityId>(body.entityId) });
      return added.ok ? withKey(ctx, added.value.id, added.value.key) : added;
    },
    PROBLEMS,
  ),
  write(
    "loyalty.setPartnerTerms",
    async (ctx, { params, body }) => presented(ctx, idOf(params), await setPartnerTerms(ctx, idOf(params), body)),
    PROBLEMS,
  ),
  write(
    "loyalty.renewPartnerKey",
    async (ctx, { params }) => {
      const key = await renewPartnerKey(ctx, idOf(params));
      return key.ok ? withKey(ctx, idOf(params), key.value) : key;
    },
    PROBLEMS,
  ),
  write("loyalty.endPartner", async (ctx, { params }) => presented(ctx, idOf(params), await endPartner(ctx, idOf(params))), PROBLEMS),
  write(
    "loyalty.importPartnerPurchases",
    async (ctx, { params, body }) => outcomes(ctx, keys, known(await partnerBy(ctx, { id: idOf(params) })), body),
    PROBLEMS,
  ),
  read(
    "loyalty.partnerStatement",
    async (ctx, { params, query }) => {
      const partner = await partnerBy(ctx, { id: idOf(params) });
      return partner ? ok(await statementOf(ctx, partner, query.month)) : err<LoyaltyError>({ code: "loyalty.partner_unknown" });
    },
    PROBLEMS,
  ),
  write(
    "loyalty.bookPartnerPayment",
    async (ctx, { params, body }) =>
      presented(ctx, idOf(params), await bookPartnerPayment(ctx, idOf(params), { ...body, id: asId(body.id) })),
    PROBLEMS,
  ),
  write("partner.earn", async (ctx, { body, request }) => outcomes(ctx, keys, await shownBy(ctx, request), body), OF_PARTNER),
  write(
    "partner.pay",
    async (ctx, { body, request }) => {
      const partner = await shownBy(ctx, request);
      return partner.ok ? payAtPartner(ctx, keys, partner.value, body) : partner;
    },
    OF_PARTNER,
  ),
  write(
    "partner.giveBack",
    async (ctx, { body, request }) => {
      const partner = await shownBy(ctx, request);
      return partner.ok ? giveBackAtPartner(ctx, partner.value, body) : partner;
    },
    OF_PARTNER,
  ),
  write(
    "partner.takeBack",
    async (ctx, { body, request }) => {
      const partner = await shownBy(ctx, request);
      const done = partner.ok ? await takeBackAtPartner(ctx, partner.value, body) : partner;
      return done.ok ? ok({ reference: body.reference, ...done.value }) : done;
    },
    OF_PARTNER,
  ),
];

/** An id by the contract. */
const idOf = ({ id }: { readonly id: string }): PartnerId => asId<PartnerId>(id);

const known = (partner: Partner | null): Result<Partner, LoyaltyError> =>
  partner ? ok(partner) : err({ code: "loyalty.partner_unknown" });

type Request = Input<"partner.earn">["request"];

function hashShown({ headers }: Request): string | undefined {
  const given = headers["authorization"];
  return keyHashIn(typeof given === "string" ? given : undefined);
}

function ownKeys(request: Request): string | undefined {
  const hash = hashShown(request);
  return hash && `partner/${hash}`;
}

/** Whose key the request shows. */
async function shownBy(ctx: Pick<ReadCtx, "db">, request: Request): Promise<Result<Partner, LoyaltyError>> {
  const hash = hashShown(request);
  const partner = hash === undefined ? null : await partnerBy(ctx, { keyHash: Buffer.from(hash, "hex") });
  return partner ? ok(partner) : err({ code: "partner.key_unknown" });
}

async function outcomes(ctx: Ctx, keys: CardKeys, partner: Result<Partner, LoyaltyError>, { items }: Input<"partner.earn">["body"]) {
  const done = partner.ok ? await earnAtPartner(ctx, keys, partner.value, items) : partner;
  return done.ok ? ok({ items: done.value }) : done;
}

async function presented(ctx: Ctx, id: PartnerId, done: Result<null, LoyaltyError>) {
  if (!done.ok) return done;
  const [partner] = await partnersOf(ctx, id);
  return partner ? ok(partner) : err<LoyaltyError>({ code: "loyalty.partner_unknown" });
}

async function withKey(ctx: Ctx, id: PartnerId, key: string) {
  const partner = await presented(ctx, id, ok(null));
  return partner.ok ? ok({ partner: partner.value, key }) : partner;
}
