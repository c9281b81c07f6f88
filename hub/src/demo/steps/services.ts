import { demoId, productPicture, type DemoChain } from "@weft/demo";
import { asId, ok, type CategoryId, type PlaceId, type ProductId, type StaffId, type VariantId } from "@weft/kernel";
import { createService, setAdviser } from "../../modules/bookings/index.ts";
import { saveCategories, savePictures, upsertProducts, type NewProduct } from "../../modules/catalog/index.ts";
import { setPrices, type PriceListId } from "../../modules/pricing/index.ts";
import type { DemoStep } from "../load-once.ts";

/** Who advises: those who stand at the counter. */
const ADVISING: ReadonlySet<string> = new Set(["cashier", "manager"]);
const RULES = { minutesBefore: 0, everyMinutes: 30, leadMinutes: 60, daysAhead: 30, cancelMinutes: 120, reminderMinutes: 24 * 60 } as const;

/** What can be booked in some stores, and who gives it when. */
export const SERVICES_STEP: DemoStep = {
  name: "services",
  async run({ must }, { services, places, staff }) {
    const given = places.filter(({ code }) => services.stores.includes(code));
    const placeIds = given.map(({ id }) => asId<PlaceId>(id));
    await must(async (ctx) => {
      for (const service of services.items) {
        const made = await createService(ctx, { ...RULES, sku: null, ...service, placeIds, isActive: true });
        if (!made.ok) return made;
      }
      for (const placeId of placeIds)
        for (const { id } of staff.filter((one) => one.placeIds.includes(placeId) && one.roles.some((role) => ADVISING.has(role)))) {
          const skills = services.items.map(({ skill }) => skill);
          const set = await setAdviser(ctx, { placeId, staffId: asId<StaffId>(id) }, { skills, hours: services.hours, exceptions: [] });
          if (!set.ok) return set;
        }
      return ok(null);
    });
  },
};

/** Ids of the workshop: far from those of the goods, which are numbered from nought. */
const CATEGORY = asId<CategoryId>(demoId("category", 9000));
const PRODUCT = asId<ProductId>(demoId("product", 9000));
const VARIANT = asId<VariantId>(demoId("variant", 9000));

/** What can be booked and costs something: once there is a catalog that it is a product of. */
export const WORKSHOP_STEP: DemoStep = {
  name: "workshop",
  async run({ must }, chain) {
    const { workshop, stores } = chain.services;
    const placeIds = chain.places.filter(({ code }) => stores.includes(code)).map(({ id }) => asId<PlaceId>(id));
    await must(async (ctx) => {
      await saveCategories(ctx, [
        { id: CATEGORY, parentId: null, code: "workshops", name: workshop.category, position: 90, icon: "calendar-event" },
      ]);
      const [pictureUrl = null] = await savePictures(ctx, [productPicture(workshop)]);
      return upsertProducts(ctx, [productOf(workshop, pictureUrl)]);
    });
    await must((ctx) => setPrices(ctx, pricesOf(chain)));
    // The catalog that a service is a product of is the one that is in force.
    await must((ctx) => createService(ctx, { ...RULES, ...workshop.service, sku: workshop.sku, placeIds, isActive: true }));
  },
};

type Workshop = DemoChain["services"]["workshop"];

function productOf({ sku, slug, taxClass, service: { name, description } }: Workshop, pictureUrl: string | null): NewProduct {
  return {
    id: PRODUCT,
    slug,
    name,
    description,
    categoryId: CATEGORY,
    pictureUrl,
    allergens: [],
    taxClass,
    prepSeconds: 0,
    unit: "piece",
    isTracked: false,
    kind: "service",
    isActive: true,
    soldEverywhere: true,
    popularity: 0,
    position: 0,
    variants: [{ id: VARIANT, sku, name: { en: "" }, position: 0, barcodes: [] }],
    optionGroupIds: [],
  };
}

/** On the lists of the countries, which name their stores by groups. */
function pricesOf({ priceLists, services: { workshop } }: DemoChain) {
  return priceLists.flatMap(({ currency, scope }, n) =>
    scope.kind === "group"
      ? [
          {
            listId: asId<PriceListId>(demoId("price list", n)),
            variantId: VARIANT,
            minQuantity: 1,
            unitPrice: { amount: workshop.amount, scale: 0, currency, per: { quantity: 1, unit: "piece" as const } },
          },
        ]
      : [],
  );
}
