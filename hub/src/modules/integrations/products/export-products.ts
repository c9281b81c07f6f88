import { CSV_MARK, csvLine } from "@weft/kernel";
import type { ReadCtx } from "../../../platform/index.ts";
import { catalogSnapshot, draftOf, loadCatalogFacts, type Catalog, type Product } from "../../catalog/index.ts";
import { channelsSnapshot, type Channels } from "../../channels/index.ts";
import { pricingSnapshot, type PricingSnapshot } from "../../pricing/index.ts";
import { optionKeys } from "./references.ts";
import { COLUMNS, writeList, writeText, writeTexts } from "./columns.ts";

/** So many products are written at once. */
const PAGE_PRODUCTS = 200;

/** The whole catalog as CSV, a line per variant, page by page: read back it changes nothing [IMP-14]. */
export async function* productsText(ctx: Pick<ReadCtx, "db" | "snapshots">, counted: (lines: number) => void): AsyncGenerator<string> {
  const catalog = await ctx.snapshots.current(catalogSnapshot);
  const { channels } = await ctx.snapshots.current(channelsSnapshot);
  // Groups that no product asks count too: the import knows them as well.
  const keys = optionKeys((await loadCatalogFacts(ctx.db, [])).optionGroups);
  const categories = new Map<string, string>(catalog.categories.map(({ id, code }) => [id, code]));
  const { deposits } = await ctx.snapshots.current(pricingSnapshot);
  yield CSV_MARK + csvLine(COLUMNS);
  const products = [...catalog.products.values()];
  for (let start = 0; start < products.length; start += PAGE_PRODUCTS) {
    const lines = products
      .slice(start, start + PAGE_PRODUCTS)
      .flatMap((product) => linesOf(product, { catalog, channels, keys, categories, deposits }));
    counted(lines.length);
    yield lines.join("");
  }
}

type Around = {
  readonly catalog: Catalog;
  readonly channels: Channels["channels"];
  readonly keys: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
  readonly deposits: PricingSnapshot["deposits"];
};

function linesOf(product: Product, { catalog, channels, keys, categories, deposits }: Around): string[] {
  const draft = draftOf(catalog, product);
  const own: Record<string, string> = {
    product: draft.slug,
    ...writeTexts("name", draft.name),
    ...writeTexts("description", draft.description),
    brand: writeText(draft.brand),
    category: categories.get(draft.categoryId) ?? "",
    kind: draft.kind,
    tax_class: draft.taxClass,
    unit: draft.unit,
    tracked: String(draft.tracked),
    shippable: String(draft.shippable),
    charged_when: draft.chargedWhen,
    active: String(draft.active),
    sold_everywhere: String(draft.soldEverywhere),
    not_on_channels: writeList(draft.notOnChannelIds.map((id) => channels.get(id)?.code ?? id)),
    prep_seconds: String(draft.prepSeconds),
    batch_percent: String(draft.batchPercent),
    allergens: writeList(draft.allergens),
    pictures: writeList(draft.pictures.map(({ url }) => url)),
    ...pictureTexts(draft.pictures),
    options: writeList(draft.optionGroupIds.map((id) => keys.get(id) ?? id)),
    popularity: String(product.popularity),
    position: String(product.position),
  };
  return draft.variants.map(({ id, sku, name, mpn, barcodes, active }) => {
    const cells: Record<string, string> = {
      ...own,
      sku,
      ...writeTexts("variant", name),
      barcodes: writeList(barcodes),
      mpn: writeText(mpn),
      deposit: deposits.get(id)?.code ?? "",
      variant_active: String(active),
      variant_pictures: writeList(draft.pictures.filter(({ variantId }) => variantId === id).map(({ url }) => url)),
    };
    return csvLine(COLUMNS.map((column) => cells[column]));
  });
}

/** What the pictures show in one language stands in one cell, in the order of the pictures. */
function pictureTexts(pictures: readonly { readonly alt: Readonly<Record<string, string | undefined>> }[]): Record<string, string> {
  return Object.fromEntries(
    (["en", "fr", "de", "ca"] as const).map((language) => {
      const texts = pictures.map(({ alt }) => alt[language] ?? "");
      return [`picture_texts_${language}`, texts.some((text) => text !== "") ? writeList(texts) : ""];
    }),
  );
}
