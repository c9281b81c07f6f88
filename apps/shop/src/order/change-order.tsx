import type { OrderView } from "@weft/contracts/client";
import { ChangeOrder, type PayWay } from "@weft/ui/order/change-order.tsx";
import { OrderVersions } from "@weft/ui/order/versions.tsx";
import type { ReactNode } from "react";
import { api, tokenHeader } from "../api.ts";
import { useCardWay } from "../checkout/card-way.ts";
import { TEST_CARDS } from "../checkout/test-cards.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { orderToken } from "./order-query.ts";
import styles from "./order.module.css";

const opened = (order: OrderView): Record<string, string> => tokenHeader(orderToken(order.id) ?? null);

/** The customer changes their order by themselves; more is paid by card, or at the store where something is due there anyway. */
export function ChangeOwnOrder({ order }: { readonly order: OrderView }) {
  const cards = useCards(order.placeId ?? "");
  const atStore: PayWay = { label: t("ui.change.pay.due_at_collection"), tender: { kind: "due_at_collection" } };
  const isShipped = order.fulfillments.some(({ kind }) => kind === "ship");
  const ways = isShipped ? cards : order.due.amount > 0 ? [atStore, ...cards] : [...cards, atStore];
  return <ChangeOrder api={api} order={order} textOf={inLanguage} ways={ways} headers={opened(order)} />;
}

/** How a card pays here: on the provider's own page, or by one of the test cards, of which one has a bank that asks. */
function useCards(placeId: string): readonly PayWay[] {
  const way = useCardWay(placeId);
  const label = t("ui.change.pay.card");
  if (way && way.way !== "test_card") return [{ label, tender: { kind: "card", token: way.token } }];
  const asks = TEST_CARDS.find(({ outcome }) => outcome === "bank");
  return [
    { label, tender: { kind: "card", token: TEST_CARDS[0].token } },
    ...(asks ? [{ label: `${label} · ${t("shop.card_form.bank")}`, tender: { kind: "card" as const, token: asks.token } }] : []),
  ];
}

/** What was changed of it, and by whom. */
export function OwnOrderVersions({ order }: { readonly order: OrderView }) {
  return <OrderVersions api={api} order={order} textOf={inLanguage} headers={opened(order)} frame={Framed} />;
}

function Framed({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={styles.lines} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
