import { queryOptions, useQuery } from "@tanstack/react-query";
import type { OrderView } from "@weft/contracts/client";
import type { PayWay } from "@weft/ui/order/change-order.tsx";
import { AddressForm } from "@weft/ui/order/address-form.tsx";
import { CollectElsewhere, CollectInstead, ShipInstead, type CollectStore } from "@weft/ui/order/switch-way.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { ADDRESS_RULE } from "../elsewhere/send-home.tsx";
import { SANDBOX_TOKENS } from "../pay/sandbox.ts";
import { t } from "../t.ts";

/** More is paid by card, or when it is handed over: a drawer counts cash with what it is taken for. */
export const payWays = (): readonly PayWay[] => [
  { label: t("ui.change.pay.card"), tender: { kind: "card", token: SANDBOX_TOKENS[0] } },
  { label: t("ui.change.pay.due_at_collection"), tender: { kind: "due_at_collection" } },
];

const MOST_STORES = 50;

/** The stores that are in the country of this one, this one first. */
const storesQuery = (placeId: string) =>
  queryOptions({
    queryKey: ["stores-near", placeId],
    queryFn: async ({ signal }): Promise<{ readonly country: string; readonly stores: readonly CollectStore[] }> => {
      const { items } = await api.ask("stores.list", { query: { limit: MOST_STORES }, signal });
      const own = items.find(({ id }) => id === placeId);
      const others = items.filter(({ id, address }) => id !== placeId && address.country === own?.address.country);
      return { country: own?.address.country ?? "", stores: own ? [own, ...others] : others };
    },
    staleTime: 60_000,
  });

/** Another way to the customer, while nobody has begun: fetched instead of sent, at another store, or sent instead, with the money that follows. */
export function ChangeWay({ order }: { readonly order: OrderView }) {
  const { register } = useTill();
  const near = useQuery(storesQuery(register.placeId)).data;
  if (!near) return null;
  const asked = { api, order, ways: payWays(), stores: near.stores };
  return (
    <>
      <CollectInstead {...asked} />
      <CollectElsewhere {...asked} />
      <ShipInstead
        {...asked}
        renderAddressForm={(onSend) => (
          <AddressForm
            rule={ADDRESS_RULE}
            known={null}
            name={order.customerName ?? ""}
            countries={[near.country]}
            country={near.country}
            onSend={onSend}
          />
        )}
      />
    </>
  );
}

/** The same for what is to be handed over here, of which the list knows no more than its part. */
export function ChangeWayOf({ orderId }: { readonly orderId: string }) {
  const order = useQuery({
    queryKey: ["order", orderId],
    queryFn: ({ signal }) => api.ask("orders.read", { params: { id: orderId }, signal }),
  });
  if (order.isError) return <ProblemNote error={order.error} onRetry={order.refetch} />;
  return order.isPending ? <ScreenSkeleton /> : <ChangeWay order={order.data} />;
}
