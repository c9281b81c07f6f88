import type { CartOperation, CartView } from "@weft/contracts";
import type { ReturnedUnitsView } from "@weft/contracts/client";
import { asId, newId, type CartId, type Id, type LineId, type OrderId, type ShiftId } from "@weft/kernel";
import {
  exchangeHere,
  linesHere,
  planReturnHere,
  pricerFor,
  saleBodyOf,
  type AnyCommand,
  type OwnPrices,
  type Pricer,
  type SaleBody,
  type TenderHere,
} from "../src/modules/till/domain/index.ts";
import { readPrices } from "../src/modules/till/queries/prices.ts";
import { placeCatalog } from "../src/views/products/query.ts";
import { presentCategory } from "../src/views/products/present.ts";
import { LYON, type SaleHub } from "./sale-hub.ts";
import type { TestTill } from "./till-hub.ts";

type Line = readonly [goods: number, quantity: number];
type Given = Partial<Pick<SaleBody, "customer" | "dining">> & {
  /** The ticket as the hub had it before the line was cut. */
  readonly base?: CartView;
  readonly codes?: readonly string[];
  readonly received?: number;
  /** How often counted codes were used here since the copy. */
  readonly usedHere?: ReadonlyMap<string, number>;
  /** What pays before cash does. */
  readonly others?: readonly TenderHere[];
};

/** A register that sells without the hub: by copies that it took of catalog and prices, as the till app does. */
export type OwnRegister = {
  readonly prices: OwnPrices;
  readonly pricer: Pricer;
  /** What these goods come to. */
  price(lines: readonly Line[], given?: Given): ReturnType<Pricer>;
  /** A ticket on which these things were tapped. */
  priceOf(operations: readonly CartOperation[], given?: Given): ReturnType<Pricer>;
  /** Writes the sale of a ticket that was priced, for cash, without sending it. */
  sellAs(shiftId: ShiftId, priced: ReturnType<Pricer>, given?: Given, over?: AnyCommand): AnyCommand & { readonly body: SaleBody };
  /** Writes a sale for cash, without sending it. */
  sell(shiftId: ShiftId, lines: readonly Line[], given?: Given, over?: AnyCommand): AnyCommand & { readonly body: SaleBody };
};

export async function ownRegister(hub: SaleHub, till: TestTill): Promise<OwnRegister> {
  const ctx = { ...hub.around, db: hub.db, now: new Date(), actor: till.actor };
  const answer = await readPrices(ctx, undefined);
  if (!answer.ok || !answer.value.facts || !answer.value.seller) throw new Error("the till got no prices");
  // By way of JSON, as over the network and the disk.
  const prices = overTheWire({ ...answer.value, facts: answer.value.facts, seller: answer.value.seller });
  const { version, catalog, products } = await placeCatalog(ctx, LYON);
  const pricer = pricerFor(overTheWire({ version, categories: catalog.categories.map(presentCategory), products }), prices);
  const priceOf = (operations: readonly CartOperation[], { base, dining = "take_away", usedHere }: Given = {}) =>
    pricer({
      ...(usedHere && { usedHere }),
      cartId: base?.id ?? newId<CartId>(),
      base: base ?? null,
      operations,
      dining,
      customer: null,
      staffId: null,
      at: new Date(),
      newLineId: () => newId<LineId>(),
    });
  const price: OwnRegister["price"] = (lines, given = {}) =>
    priceOf(
      [
        ...lines.map(([goods, quantity]): CartOperation => {
          return { id: newId<Id<"operation">>(), kind: "add", sku: `SKU-${goods}`, quantity, options: [], lineId: newId<LineId>() };
        }),
        ...(given.codes ?? []).map((code): CartOperation => ({ id: newId<Id<"operation">>(), kind: "applyCode", code })),
      ],
      given,
    );
  const sellAs: OwnRegister["sellAs"] = (shiftId, priced, given = {}, over = {}) => {
    const { customer = null, dining = "take_away", received, others = [] } = given;
    const terms = { shiftId, cartId: priced.view.id, orderId: newId<OrderId>(), dining, customer, others, version: prices.version };
    const body = saleBodyOf(priced, { ...terms, cash: { kind: "cash", ...(received !== undefined && { received }) } });
    return { ...till.write("sale.record", body, over), body };
  };
  const sell: OwnRegister["sell"] = (shiftId, lines, given = {}, over = {}) => sellAs(shiftId, price(lines, given), given, over);
  return { prices, pricer, price, priceOf, sell, sellAs };
}

type Exchanged = {
  readonly lines: readonly ReturnedUnitsView[];
  readonly out: readonly Line[];
  readonly customer?: SaleBody["customer"];
};

/** The body of an exchange that a register makes by itself, by the functions of the till app: the difference in cash. */
export function ownExchange(register: OwnRegister, shiftId: ShiftId, sale: SaleBody, { lines, out, customer = null }: Exchanged) {
  const units = lines.map((line) => ({ ...line, orderLineId: asId<LineId>(line.orderLineId) })); // of the register's own sale
  const plan = planReturnHere(linesHere(sale, new Map(), { isTracked: () => true }), units);
  if (!plan.ok) throw new Error(`nothing of it comes back here: ${plan.error}`);
  const priced = register.price(out);
  const terms = { shiftId, cartId: priced.view.id, orderId: newId<OrderId>(), dining: "take_away", customer, cash: null } as const;
  const sold = saleBodyOf(priced, { ...terms, version: register.prices.version });
  const { total, taxes } = plan.value;
  const agreed = exchangeHere(sale, plan.value, { total: sold.total.amount, cashStep: 0 });
  if (typeof agreed === "string") throw new Error(`nothing is exchanged here: ${agreed}`);
  const { difference } = agreed;
  const tenders: SaleBody["tenders"] = difference > 0 ? [{ kind: "cash", amount: difference, received: difference }] : [];
  return { shiftId, returnId: newId<Id<"return">>(), orderId: sale.orderId, lines: [...lines], total, taxes, sale: { ...sold, tenders } };
}

function overTheWire<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T; // the same, as JSON carries it
}
