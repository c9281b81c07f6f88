import type { LoyaltyTermsView } from "@weft/contracts";
import type { RecordId } from "@weft/kernel";
import { currentRule, NO_TERMS, pointsOf, setTerms } from "../src/modules/loyalty/index.ts";
import type { Completion } from "../src/modules/checkout/index.ts";
import type { WantedTender } from "../src/modules/payments/index.ts";
import { LYON, MUG, saleHub, tillActor, type Line, type SaleHub, type TestCart } from "./sale-hub.ts";

export type Member = Awaited<ReturnType<SaleHub["customer"]>>;
export const BY_CARD: WantedTender = { kind: "card", token: "inline" };

/** A small retailer whose members do with points what the terms of its program say. */
export type MemberHub = SaleHub & {
  /** A customer with 14 points for each mug that they have bought. */
  member(mugs: number): Promise<Member>;
  /** What they can use now. */
  balance(of: Member): Promise<number>;
  attempt(member: Member, lines: readonly Line[], tenders?: readonly WantedTender[]): Promise<Completion>;
  /** An order of theirs on the web, a mug where nothing is said. */
  buy(member: Member, lines?: readonly Line[], tenders?: readonly WantedTender[]): Promise<Placed>;
  /** A ticket at the till for a member. */
  ticket(member: Member, lines: readonly Line[]): Promise<TestCart>;
  /** Members of one customer, as a link makes them, or parted again. */
  link(record: Member, customer: Member): Promise<void>;
};
export type Placed = Extract<Completion, { readonly kind: "placed" }>["view"];

export const idOf = ({ customer }: Member): RecordId => customer.recordId;

/** `base` where the retailer sells more than goods. */
export async function memberHub(terms: Partial<LoyaltyTermsView> = {}, base: () => Promise<SaleHub> = saleHub): Promise<MemberHub> {
  const hub = await base();
  const version = (await currentRule(hub))?.version ?? 0;
  await hub.must((ctx) => setTerms(ctx, version, { ...NO_TERMS, ...terms }));
  hub.around.snapshots.invalidate();
  const members: MemberHub = {
    ...hub,
    async member(mugs) {
      const customer = await hub.customer();
      if (mugs > 0) await members.buy(customer, [[MUG, mugs]]);
      return customer;
    },
    async balance(of) {
      const rule = await currentRule(hub);
      return rule ? (await pointsOf(hub, [idOf(of)], rule.programId)).balance : 0;
    },
    attempt: async (member, lines, tenders = [BY_CARD]) => hub.complete(await hub.cart(lines, { actor: member }), tenders),
    async buy(member, lines = [[MUG, 1]], tenders = [BY_CARD]) {
      await hub.stock(MUG, LYON, 500);
      const done = await members.attempt(member, lines, tenders);
      if (done.kind !== "placed") throw new Error(`not placed: ${JSON.stringify(done)}`);
      return done.view;
    },
    async ticket(member, lines) {
      const cart = await hub.cart(lines, { actor: { ...tillActor(), customer: member.customer } });
      await hub.rows("update carts.cart set record_id = $2 where id = $1", [cart.id, idOf(member)]);
      return cart;
    },
    async link(record, customer) {
      await hub.rows("update customers.record_customer set customer_id = $2 where record_id = $1", [idOf(record), idOf(customer)]);
    },
  };
  return members;
}
