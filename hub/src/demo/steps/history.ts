import type { DemoChain, DemoOrder } from "@weft/demo";
import { businessDate, ok } from "@weft/kernel";
import { importOrders, type ImportedOrder } from "../../modules/checkout/index.ts";
import { writeHistory, type PastTouch } from "../../modules/touchpoints/index.ts";
import type { DemoStep } from "../load-once.ts";

/** What people bought in the months before the hub was there. */
export const HISTORY_STEPS: readonly DemoStep[] = [
  {
    name: "past orders",
    async run({ must }, chain, progress) {
      const convert = converter(chain);
      const isStore = new Set(chain.channels.filter(({ kind }) => kind === "store").map(({ id }) => id));
      let made = 0;
      let pieces = 0;
      for (const orders of chain.orders) {
        const converted = orders.map(convert);
        await must(async (ctx) => {
          await importOrders(ctx, converted);
          await writeHistory(
            ctx,
            converted.flatMap((order) => touchOf(order, isStore.has(order.channelId) ? "sale" : "order")),
          );
          return ok(null);
        });
        made += orders.length;
        progress.count(made, ++pieces / chain.pieces);
      }
    },
  },
];

/** A purchase on the timeline of its buyer. */
function touchOf(
  { id, externalId, recordId, channelId, placeId, placedAt, sourceTotal, currency }: ImportedOrder,
  kind: "sale" | "order",
): PastTouch[] {
  if (recordId === null) return [];
  return [
    {
      source: `order/${externalId}`,
      recordId,
      channelId,
      placeId,
      kind,
      name: externalId,
      at: placedAt,
      reference: { kind: "order", id },
      data: { number: externalId, total: sourceTotal, currency },
    },
  ];
}

function converter(chain: DemoChain): (order: DemoOrder) => ImportedOrder {
  const places = new Map(chain.places.map((place) => [place.id, place]));
  const entities = new Map(chain.entities.map((entity) => [entity.id, entity]));
  const goods = new Map(
    chain.products.flatMap((product) => product.variants.map((variant) => [variant.id, { product, variant }] as const)),
  );
  const rates = new Map(chain.taxRates.map((rate) => [`${rate.country} ${rate.taxClass} ${rate.context}`, rate]));
  return (order) => {
    const place = places.get(order.placeId);
    const entity = place && entities.get(place.entityId);
    if (!place || !entity) throw new Error(`order ${order.externalId} of the demo names an unknown place`);
    return {
      id: order.id,
      externalId: order.externalId,
      recordId: order.recordId,
      entityId: entity.id,
      placeId: place.id,
      channelId: order.channelId,
      businessDate: businessDate(order.at, place.timeZone, place.dayEnd),
      timeZone: place.timeZone,
      placedAt: order.at,
      currency: entity.currency,
      sourceTotal: order.total,
      refunded: 0,
      lines: order.lines.map((line) => {
        const known = goods.get(line.variantId);
        const rate = known && rates.get(`${entity.country} ${known.product.taxClass} ${order.taxContext}`);
        return {
          sku: line.sku,
          variantId: line.variantId,
          productId: known?.product.id ?? null,
          name: known?.product.name ?? { en: line.sku },
          options: line.options.map(({ group, value }) => ({
            group,
            value,
            name: known?.product.optionGroups.find(({ code }) => code === group)?.values.find(({ code }) => code === value)?.name ?? {
              en: value,
            },
          })),
          quantity: line.quantity,
          returned: 0,
          unitPrice: { amount: line.unitPrice, scale: 0, currency: entity.currency, per: { quantity: 1, unit: "piece" as const } },
          taxClass: known?.product.taxClass ?? null,
          taxRate: rate ? { numerator: rate.numerator, denominator: rate.denominator } : null,
        };
      }),
    };
  };
}
