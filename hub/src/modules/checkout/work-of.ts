import type { PlaceId, ProductId } from "@weft/kernel";
import type { ReadCtx } from "../../platform/index.ts";
import { catalogSnapshot, servedAt, type Product } from "../catalog/index.ts";
import type { WholeFulfillment } from "../fulfillment/index.ts";
import { placesSnapshot, type Place, type WeekWindows } from "../places/index.ts";
import { makingsNow, NO_WORK, withOptions, workOn, type MadeLine, type Work } from "../promises/index.ts";

/** Goods as an order or a shelf names them. */
export type NamedGoods = {
  readonly sku: string;
  readonly options: readonly { readonly group: string; readonly value: string }[];
  readonly quantity: number;
};

type Reader = Pick<ReadCtx, "snapshots">;

/** The work on goods at a place, by the preparation times of today with what was chosen of them [PRM-15]; goods that are sold no more take none. */
export async function workAt(ctx: Reader, placeId: PlaceId, goods: readonly NamedGoods[]): Promise<Work> {
  const makingAt = await makingsNow(ctx.snapshots);
  const found = await known(ctx, placeId, goods);
  if (!found) return NO_WORK;
  return workOn(
    found.lines.map(({ product, options, quantity }): MadeLine => {
      const making = makingAt(found.place, product.id);
      const prepSeconds = withOptions(making.prepSeconds, product.optionGroups, options);
      return { ...making, prepSeconds, unit: product.unit, quantity, productId: product.id };
    }),
  );
}

/** When a place sells those of the goods that it does not sell all day [PRM-61]. */
export async function servedTimes(ctx: Reader, placeId: PlaceId, goods: readonly NamedGoods[]): Promise<WeekWindows[]> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const found = await known(ctx, placeId, goods);
  const products = new Set<ProductId>(found?.lines.map(({ product }) => product.id));
  return [...products].flatMap((id) => {
    const windows = found && servedAt(catalog, found.place, id);
    return windows ? [windows] : [];
  });
}

type Known = { readonly place: Place; readonly lines: readonly (NamedGoods & { readonly product: Product })[] };

async function known(ctx: Reader, placeId: PlaceId, goods: readonly NamedGoods[]): Promise<Known | undefined> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const place = (await ctx.snapshots.current(placesSnapshot)).places.get(placeId);
  if (!place) return undefined;
  const lines = goods.flatMap((line) => {
    const product = catalog.variantOfSku(line.sku)?.product;
    return product ? [{ ...line, product }] : [];
  });
  return { place, lines };
}

/** The work on a part of an order. */
export const workOf = (ctx: Reader, { fulfillment, lines }: WholeFulfillment): Promise<Work> => workAt(ctx, fulfillment.place_id, lines);
