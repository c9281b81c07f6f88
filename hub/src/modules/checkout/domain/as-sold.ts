import type { ChannelKind } from "@weft/contracts";
import type { ChannelId, LineId, OrderId, PlaceId, StaffId, VariantId } from "@weft/kernel";
import type { Trace } from "../../batches/domain/index.ts";
import { tidyCartNote, tidyLineNote } from "../../carts/domain/index.ts";
import type { AssessedCart, AssessedLine, GoodsLookup, LineOption, LoadedCart, StoredLine } from "../../carts/domain/index.ts";
import type { PricedCart, PricedLine } from "../../pricing/domain/index.ts";

/** A line that a register sold: its goods, and the price that it took for them. */
export type SoldLine = Omit<PricedLine, "promotionShares" | "discountShares" | "rewardShares"> & {
  readonly sku: string;
  readonly options: readonly LineOption[];
  readonly note?: string | undefined;
  readonly isTyped?: true | undefined;
  readonly trace?: Trace | undefined;
};

/** A sale as the register that sold it resolved it [CHK-60]: its figures stand, whatever the hub would price now. */
export type SoldHere = {
  readonly orderId: OrderId;
  readonly dining: "eat_in" | "take_away";
  readonly codes: readonly string[];
  readonly note?: string | undefined;
  readonly lines: readonly SoldLine[];
  readonly taxes: PricedCart["taxes"];
  readonly by: {
    readonly channelId: ChannelId;
    readonly channelKind: ChannelKind;
    readonly placeId: PlaceId;
    readonly staffId: StaffId | null;
    readonly at: Date;
  };
};

/** The cart with what was sold on it, in the place of what the hub has heard of it: the last taps may never have been sent. */
export function cartAsSold({ note: _, ...cart }: LoadedCart, sold: SoldHere, goods: GoodsLookup): LoadedCart {
  const note = sold.note === undefined ? undefined : tidyCartNote(sold.note);
  const known = new Map(cart.lines.map((line) => [line.id, line]));
  return {
    ...cart,
    placeId: sold.by.placeId,
    wanted: { kind: "take_away", dining: sold.dining, dueAt: null },
    address: null,
    codes: sold.codes,
    rewards: [],
    ...(note && { note }),
    lines: sold.lines.flatMap((line, index): StoredLine[] => {
      const found = goods.byVariant(line.variantId);
      if (!found) return [];
      const said = line.note === undefined ? undefined : tidyLineNote(line.note);
      return [
        {
          id: line.lineId,
          position: index + 1,
          variantId: line.variantId,
          productId: found.productId,
          sku: line.sku,
          options: line.options,
          quantity: line.quantity,
          addedBy: known.get(line.lineId)?.addedBy ?? sold.by,
          available: null,
          soldOut: false,
          priceHold: null,
          ...bookedOf(known.get(line.lineId)),
          ...(said && { note: said }),
          ...(line.isTyped && { isTyped: line.isTyped }),
          ...(line.trace && { trace: line.trace }),
        },
      ];
    }),
  };
}

/** The hub alone knows at what time a service is given. */
const bookedOf = (line: StoredLine | undefined): Pick<StoredLine, "booked"> => (line?.booked ? { booked: line.booked } : {});

/** What was sold of goods that this hub has never heard of; such a sale has to wait until it has. */
export function unknownGoods(sold: SoldHere, goods: GoodsLookup): readonly VariantId[] {
  return sold.lines.flatMap(({ variantId }) => (goods.byVariant(variantId) ? [] : [variantId]));
}

/** The assessed cart at the figures of the register, with nothing left to require: the goods are gone and the money is in the drawer. */
export function asSold(assessed: AssessedCart, sold: SoldHere): AssessedCart {
  const ours = new Map(assessed.priced.lines.map((line) => [line.lineId, line]));
  const priced = sold.lines.map((line): PricedLine => withShares(line, ours.get(line.lineId)));
  const byLine = new Map<LineId, PricedLine>(priced.map((line) => [line.lineId, line]));
  return {
    ...assessed,
    lines: assessed.lines.map((line): AssessedLine => ({ ...line, priced: byLine.get(line.id) })),
    priced: {
      ...assessed.priced,
      taxIncluded: sold.lines[0]?.taxIncluded ?? assessed.priced.taxIncluded,
      lines: priced,
      taxes: sold.taxes,
      totals: totalsOf(priced),
      problems: [],
    },
    requirements: [],
    waits: [],
  };
}

/** Which codes and promotions a discount came from is told by its reasons; the shares are ours where both say the same. */
function withShares(
  { sku: _, options: __, note: ___, isTyped: ____, trace: _____, ...line }: SoldLine,
  ours: PricedLine | undefined,
): PricedLine {
  const { promotionShares = [], discountShares = [], rewardShares = [] } = ours?.discount === line.discount ? ours : {};
  return { ...line, promotionShares, discountShares, rewardShares };
}

function totalsOf(lines: readonly PricedLine[]): PricedCart["totals"] {
  const sum = (of: (line: PricedLine) => number): number => lines.reduce((total, line) => total + of(line), 0);
  const discount = sum((line) => line.discount);
  return {
    subtotal: sum((line) => line.subtotal),
    discount,
    delivery: 0,
    deposit: sum((line) => line.deposit?.amount ?? 0),
    tax: sum((line) => line.tax),
    total: sum((line) => line.total),
    savings: discount,
  };
}
