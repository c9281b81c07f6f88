import { NativeSelect, SegmentedControl } from "@mantine/core";
import type { CartView } from "@weft/contracts/client";
import form from "../common/form.module.css";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { useChangeCart } from "./queries.ts";

/** How the goods get to the customer: collected at a place, or sent. Where they are sent to, its customer says on the page of the link. */
export function HandOver({ cart, mayChange }: { readonly cart: CartView; readonly mayChange: boolean }) {
  const places = useOwnPlaceOptions();
  const change = useChangeCart(cart);
  const isShipped = cart.fulfillment?.kind === "ship";
  const placeId = cart.place?.id ?? places[0]?.value ?? "";
  const collectAt = (id: string): void =>
    change.mutate({ kind: "setFulfillment", fulfillment: { kind: "collect", placeId: id, dining: "take_away", dueAt: null } });
  const ship = (methodId: string | null): void =>
    change.mutate(
      { kind: "setFulfillment", fulfillment: { kind: "ship", methodId } },
      {
        onSuccess: ({ cart: { delivery } }) => {
          // The first way is meant until somebody chooses another.
          const [first] = delivery?.options ?? [];
          if (delivery?.methodId === null && first && methodId === null) ship(first.methodId);
        },
      },
    );
  const methods = cart.delivery?.options ?? [];
  if (!mayChange) {
    const method = methods.find(({ methodId }) => methodId === cart.delivery?.methodId);
    const where = isShipped ? method && inLanguage(method.name) : cart.place?.name;
    return <p>{[t(isShipped ? "office.offer.ship" : "office.offer.collect"), where].filter(Boolean).join(" · ")}</p>;
  }
  return (
    <div className={form.form}>
      <SegmentedControl
        aria-label={t("office.offer.hand_over")}
        value={isShipped ? "ship" : "collect"}
        data={[
          { value: "collect", label: t("office.offer.collect") },
          { value: "ship", label: t("office.offer.ship") },
        ]}
        onChange={(value) => (value === "ship" ? ship(null) : collectAt(placeId))}
      />
      {isShipped ? (
        <NativeSelect
          maw="28rem"
          label={t("office.offer.method")}
          disabled={methods.length === 0}
          value={cart.delivery?.methodId ?? ""}
          data={[{ value: "", label: "" }, ...methods.map(({ methodId, name }) => ({ value: methodId, label: inLanguage(name) }))]}
          onChange={({ currentTarget }) => ship(currentTarget.value === "" ? null : currentTarget.value)}
        />
      ) : (
        <NativeSelect
          maw="28rem"
          label={t("office.orders.place")}
          value={placeId}
          data={places}
          onChange={({ currentTarget }) => collectAt(currentTarget.value)}
        />
      )}
    </div>
  );
}
