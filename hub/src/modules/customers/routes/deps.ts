import type { CustomerPageView, CustomerView, TillCustomerView } from "@weft/contracts";
import type { CustomerId, RecordId } from "@weft/kernel";
import type { SessionPorts } from "../../access/index.ts";
import type { Ctx, ReadCtx, Vault } from "../../../platform/index.ts";
import type { ErasureHook } from "../commands/erase.ts";
import type { AdoptCart } from "../commands/sign-in.ts";
import type { CardPorts } from "../queries/find.ts";

/** How a customer is shown, with what other modules know of them: made by the customer view, joined in main.ts. */
export type CustomerScreens = {
  customers(ctx: ReadCtx | Ctx, ids: readonly CustomerId[]): Promise<CustomerView[]>;
  page(ctx: ReadCtx | Ctx, id: CustomerId): Promise<CustomerPageView | undefined>;
  till(ctx: ReadCtx | Ctx, recordId: RecordId): Promise<TillCustomerView>;
};

export type CustomersDeps = {
  readonly vault: Vault;
  /** Without a slash at its end. */
  readonly publicUrl: string;
  readonly screens: CustomerScreens;
  readonly adoptCart: AdoptCart;
  readonly cards: CardPorts;
  readonly place: SessionPorts["place"];
  /** Every module's, those of `customers` last of all and not among them. */
  readonly erasureHooks: readonly ErasureHook[];
  /** One-time codes that one network address may ask for in a quarter of an hour. */
  readonly mostCodesPerAddress: number;
};
