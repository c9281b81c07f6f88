import { demoAssortment, TILL_FAVORITES } from "./assortment.ts";
import { demoCategories } from "./catalog/categories.ts";
import { demoProducts } from "./catalog/products.ts";
import { demoChannels } from "./channels.ts";
import { DEMO_COMPANIES } from "./companies.ts";
import { demoDeliveryMethods } from "./delivery.ts";
import { HISTORY_DAYS } from "./history.ts";
import { DEFAULT_SEED } from "./ids.ts";
import { customerMaker, type CustomerMaker } from "./people/customers.ts";
import { historyMaker } from "./people/orders.ts";
import { demoStaff } from "./people/staff.ts";
import { DEMO_WEIGHED } from "./weighed.ts";
import { ADVISER_HOURS, DEMO_SERVICES, DEMO_WORKSHOP, SERVICE_STORES } from "./services.ts";
import { demoEntities } from "./places/entities.ts";
import { ROUND_THE_CLOCK } from "./places/hours.ts";
import { demoGeography } from "./places/places.ts";
import { STORE_OF_THE_TOUR } from "./places/stores.ts";
import { DEMO_CODES } from "./pricing/codes.ts";
import { demoDeposits } from "./pricing/deposits.ts";
import { demoPromotions } from "./pricing/promotions.ts";
import { demoPriceLists, priceBook } from "./pricing/price-lists.ts";
import { demoTaxRates } from "./pricing/tax-rates.ts";
import { demoStockLevels } from "./stock.ts";
import type { ChainSize, Chunks, DemoChain, DemoCustomer } from "./types.ts";

const DEFAULT_STORES = 12;
const DEFAULT_CUSTOMERS = 1000;
/** People per chunk: some thousand rows with their orders. */
const CHUNK = 500;

/**
 * The cafe chain Trama, whole: the same for the same size, seed and `until`, on every machine. Lists that grow with the size are made while they are
 * read, so 100,000 people need no more memory than 500.
 */
export function demoChain({ stores = DEFAULT_STORES, customers = DEFAULT_CUSTOMERS, seed = DEFAULT_SEED, until }: ChainSize): DemoChain {
  const geography = demoGeography(Math.max(1, stores), yearsOf(until), seed);
  const channels = demoChannels(seed);
  const categories = demoCategories(seed);
  const products = demoProducts(categories, seed);
  const assortment = demoAssortment(geography.places, products, categories);
  const priceLists = demoPriceLists(products, geography.groups, geography.places);
  const shelves = new Map(categories.map((category) => [category.id, category.code]));
  const person = customerMaker(geography.places, channels, until, seed);
  const history = historyMaker({
    ...geography,
    channels,
    assortment,
    products,
    categories,
    priceAt: priceBook(priceLists, geography.groups),
    until,
    seed,
  });
  return {
    entities: demoEntities(seed),
    ...geography,
    // What was bought there was bought in the hours of its street.
    places: geography.places.map((place) => (place.code === STORE_OF_THE_TOUR ? { ...place, hours: ROUND_THE_CLOCK } : place)),
    channels,
    staff: demoStaff(geography.places, seed),
    categories,
    products,
    assortment,
    tillFavorites: TILL_FAVORITES,
    priceLists,
    taxRates: demoTaxRates(),
    deposits: demoDeposits(products),
    codes: DEMO_CODES,
    promotions: demoPromotions(products, categories),
    deliveryMethods: demoDeliveryMethods(seed),
    companies: DEMO_COMPANIES,
    weighed: DEMO_WEIGHED,
    services: { items: DEMO_SERVICES, workshop: DEMO_WORKSHOP, stores: SERVICE_STORES, hours: ADVISER_HOURS },
    stockLevels: demoStockLevels(geography.places, assortment, products, (product) => shelves.get(product.categoryId) ?? "", seed),
    pieces: Math.ceil(customers / CHUNK),
    customers: inChunks(customers, person, (customer) => [customer]),
    orders: inChunks(customers, person, (customer) => history.ordersOf(customer)),
    favorites: inChunks(customers, person, (customer) => history.favoritesOf(customer)),
  };
}

/** The years of the history, the current one and the next: `openState` looks ahead, and nobody buys on a past holiday. */
function yearsOf(until: Date): number[] {
  const first = new Date(until.getTime() - HISTORY_DAYS * 86_400_000).getUTCFullYear();
  return Array.from({ length: until.getUTCFullYear() + 2 - first }, (_, n) => first + n);
}

function inChunks<Row>(count: number, person: CustomerMaker, rowsOf: (customer: DemoCustomer) => readonly Row[]): Chunks<Row> {
  return {
    *[Symbol.iterator]() {
      for (let first = 0; first < count; first += CHUNK) {
        const rows: Row[] = [];
        for (let n = first; n < Math.min(count, first + CHUNK); n++) rows.push(...rowsOf(person(n)));
        yield rows;
      }
    },
  };
}
