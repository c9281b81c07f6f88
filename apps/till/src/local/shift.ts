import type { RegisterView, ShiftView, TillDrawerView } from "@weft/contracts/client";
import { sumOfCount } from "../../../../hub/src/modules/till/domain/index.ts";
import type { BodyOfKind, Kind, OutboxRow } from "../outbox/rows.ts";

type Act = { readonly [K in Kind]: { readonly kind: K; readonly body: BodyOfKind<K>; readonly at: string } }[Kind];

const actOf = ({ command }: OutboxRow): Act => command as unknown as Act; // written by the outbox with exactly these

/** The shift of a register: the one that the hub knows, and what was done here that it has not heard of [OFF-2]. */
export function shiftNow(known: ShiftView | null, acts: readonly OutboxRow[], where: Where): ShiftView | null {
  let shift = known;
  for (const row of acts) {
    if (row.answer) continue;
    const { kind, body, at } = actOf(row);
    if (kind === "shift.open") shift = openedHere(where, body, at);
    else if (kind === "shift.close" && shift?.id === body.shiftId) shift = null;
  }
  return shift;
}

/** At which register, in which currency, and who is there. */
type Where = {
  readonly register: RegisterView;
  readonly drawer: TillDrawerView;
  readonly currency: string;
  readonly staffName: string;
};

function openedHere(
  { register, drawer, currency, staffName: openedBy }: Where,
  { shiftId, float }: BodyOfKind<"shift.open">,
  at: string,
): ShiftView {
  const money = (amount: number) => ({ amount, currency });
  const nothing = money(0);
  return {
    id: shiftId,
    registerId: register.id,
    registerName: register.name,
    placeId: register.placeId,
    businessDate: at.slice(0, 10),
    openedAt: at,
    openedBy,
    closedAt: null,
    float: money(sumOfCount(float.lines)),
    expectedCash: null,
    countedCash: null,
    difference: null,
    sales: { count: 0, total: nothing, cash: nothing, card: nothing },
    returns: { count: 0, total: nothing, cash: nothing, card: nothing },
    rounding: nothing,
    tips: { total: nothing, cash: nothing, byStaff: [] },
    empties: { count: 0, total: nothing },
    customersOpenedWithoutSale: 0,
    drawer: {
      id: drawer.id,
      name: drawer.name,
      registers: [{ shiftId, registerName: register.name, openedAt: at, closedAt: null, isCounted: false, total: nothing }],
    },
  };
}

/** What a shift came to by the acts that are kept here. `isWhole`: nothing of it moved the drawer by an amount that only the hub knows. */
type Sums = {
  count: number;
  total: number;
  cash: number;
  card: number;
  drawer: number;
  rounding: number;
  tips: number;
  isWhole: boolean;
  readonly returns: { count: number; total: number; cash: number };
};

/**
 * The end of a shift while the hub cannot be reached [OFF-3]: the figures are those of what is kept here. Where the hub alone knows what an act
 * moved (a return, a hand-over that was paid, another register on the same drawer), no expected amount is told: it comes with the hub's answer.
 * `counted` is null where the drawer was left to others.
 */
export function closedHere(shift: ShiftView, acts: readonly OutboxRow[], { counted, at, isShared = false }: Closing): ShiftView {
  const { currency } = shift.float;
  const money = (amount: number) => ({ amount, currency });
  const sums: Sums = {
    count: 0,
    total: 0,
    cash: 0,
    card: 0,
    drawer: shift.float.amount,
    rounding: 0,
    tips: 0,
    isWhole: false,
    returns: { count: 0, total: 0, cash: 0 },
  };
  for (const row of acts) if (isOf(row, shift.id) && row.answer?.outcome !== "refused") add(sums, row);
  const isTold = sums.isWhole && counted !== null && !isShared;
  return {
    ...shift,
    closedAt: at,
    countedCash: counted === null ? null : money(counted),
    expectedCash: isTold ? money(sums.drawer) : null,
    difference: isTold ? money(counted - sums.drawer) : null,
    sales: { count: sums.count, total: money(sums.total), cash: money(sums.cash), card: money(sums.card) },
    returns: { count: sums.returns.count, total: money(sums.returns.total), cash: money(sums.returns.cash), card: money(0) },
    rounding: money(sums.rounding),
    tips: { ...shift.tips, cash: money(sums.tips), total: money(sums.tips) },
  };
}

type Closing = { readonly counted: number | null; readonly at: string; readonly isShared?: boolean };

function isOf(row: OutboxRow, shiftId: string): boolean {
  const { body } = actOf(row);
  return "shiftId" in body && body.shiftId === shiftId;
}

function add(sums: Sums, row: OutboxRow): void {
  const { kind, body } = actOf(row);
  switch (kind) {
    case "shift.open":
      // From its beginning on this till has kept everything.
      sums.isWhole = true;
      break;
    case "cash.move":
      sums.drawer += body.direction === "in" ? body.amount : -body.amount;
      break;
    case "sale.record":
      addSale(sums, body.total.amount, body.tenders);
      break;
    case "sale.complete":
      if (row.answer?.outcome !== "done") sums.isWhole = false;
      else addSale(sums, body.completion.expectedTotal.amount, body.completion.tenders);
      break;
    case "return.take":
      if (body.happened) addReturn(sums, body.happened);
      else sums.isWhole = false;
      break;
    case "exchange.record":
      addExchange(sums, body);
      break;
    case "deposit.give_back":
    case "collection.hand_over":
    case "return.take_unproven":
    case "exchange.take":
      sums.isWhole = false;
      break;
    default:
      break;
  }
}

/** What this register gave back by itself [TIL-51]. */
function addReturn(sums: Sums, { refund, total, rounding = 0 }: NonNullable<BodyOfKind<"return.take">["happened"]>): void {
  sums.returns.count += 1;
  sums.returns.total += total;
  if (refund !== "cash") return;
  sums.returns.cash += total;
  sums.rounding += rounding;
  sums.drawer += rounding - total;
}

/** An exchange is a sale of the difference; below zero it was given in cash [TIL-55]. */
function addExchange(sums: Sums, { total, rounding = 0, sale }: BodyOfKind<"exchange.record">): void {
  const difference = sale.total.amount - total;
  addSale(sums, difference, sale.tenders);
  if (difference >= 0) return;
  sums.cash += difference;
  sums.rounding += rounding;
  sums.drawer += difference + rounding;
}

type Paid = {
  readonly kind: string;
  readonly amount?: number | undefined;
  readonly rounding?: number | undefined;
  readonly tip?: number | undefined;
};

function addSale(sums: Sums, total: number, tenders: readonly Paid[]): void {
  sums.count += 1;
  sums.total += total;
  for (const { kind, amount = 0, rounding = 0, tip = 0 } of tenders) {
    if (kind === "card") sums.card += amount;
    if (kind !== "cash") continue;
    sums.cash += amount;
    sums.rounding += rounding;
    sums.tips += tip;
    sums.drawer += amount + rounding + tip;
  }
}
