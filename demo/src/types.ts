import type {
  DemoAssortment,
  DemoCategory,
  DemoCode,
  DemoDeliveryMethod,
  DemoDeposit,
  DemoPriceList,
  DemoProduct,
  DemoPromotion,
  DemoStockLevel,
  DemoTaxRate,
} from "./types/catalog.ts";
import type { DemoCompany, DemoCustomer, DemoFavorite, DemoOrder } from "./types/people.ts";
import type {
  DemoChannel,
  DemoEntity,
  DemoGroup,
  DemoPlace,
  DemoRegister,
  DemoService,
  DemoWeighed,
  DemoWorkshop,
  DemoStaff,
} from "./types/places.ts";

export type * from "./types/catalog.ts";
export type * from "./types/people.ts";
export type * from "./types/places.ts";

/** A big list in pieces, made while it is read and made again, equal, each time it is read. */
export type Chunks<T> = Iterable<readonly T[]>;

export type ChainSize = {
  /** Stores, at least 1; the first twelve are the same in every chain. */
  readonly stores?: number;
  /** People; Léa is the first. */
  readonly customers?: number;
  readonly seed?: number;
  /** The history ends here, and holidays are given until the end of the year after it. */
  readonly until: Date;
};

export type DemoChain = {
  readonly entities: readonly DemoEntity[];
  readonly groups: readonly DemoGroup[];
  readonly places: readonly DemoPlace[];
  readonly registers: readonly DemoRegister[];
  readonly channels: readonly DemoChannel[];
  readonly staff: readonly DemoStaff[];
  readonly categories: readonly DemoCategory[];
  readonly products: readonly DemoProduct[];
  readonly assortment: readonly DemoAssortment[];
  /** SKUs of the till's first page, in order. */
  readonly tillFavorites: readonly string[];
  readonly priceLists: readonly DemoPriceList[];
  readonly taxRates: readonly DemoTaxRate[];
  readonly deposits: readonly DemoDeposit[];
  readonly codes: readonly DemoCode[];
  readonly promotions: readonly DemoPromotion[];
  readonly deliveryMethods: readonly DemoDeliveryMethod[];
  readonly companies: readonly DemoCompany[];
  /** What can be booked, at the stores of these codes, and when their people give it. */
  readonly services: {
    readonly items: readonly DemoService[];
    readonly workshop: DemoWorkshop;
    readonly stores: readonly string[];
    readonly hours: string;
  };
  /** What is weighed at the till. */
  readonly weighed: DemoWeighed;
  readonly stockLevels: Chunks<DemoStockLevel>;
  /** In how many pieces customers, orders and favorites come. */
  readonly pieces: number;
  readonly customers: Chunks<DemoCustomer>;
  readonly orders: Chunks<DemoOrder>;
  readonly favorites: Chunks<DemoFavorite>;
};
