import { useMutation } from "@tanstack/react-query";
import IconBuildingStore from "@tabler/icons-react/dist/esm/icons/IconBuildingStore.mjs";
import IconCreditCard from "@tabler/icons-react/dist/esm/icons/IconCreditCard.mjs";
import type { KioskView } from "@weft/contracts/client";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { useKioskCart } from "./cart-bar.tsx";
import { changeOrder, goTo, order } from "./order.ts";
import styles from "./kiosk.module.css";

const LOOKS = { counter: IconBuildingStore, card: IconCreditCard } as const;

/** How it is paid: with the card here, or at the counter; where there is one way only, it is one tap all the same, so that nothing is ordered by accident. */
export function PayScreen({ kiosk: { ways } }: { readonly kiosk: KioskView }) {
  const { data } = useKioskCart();
  const leave = useMutation({
    networkMode: "always",
    mutationFn: () => api.ask("kiosks.order", { body: { cartId: order().cartId ?? "", way: "counter" } }),
    onSuccess: ({ number }) => changeOrder({ step: "done", done: { number, way: "counter", receipt: null } }),
  });
  return (
    <section className={styles.pay} aria-labelledby="pay-title">
      <h1 id="pay-title">{t("till.kiosk.pay_title")}</h1>
      <output className={styles.due}>{data ? formatMoney(data.totals.total) : "…"}</output>
      {leave.error ? <ProblemNote error={leave.error} /> : null}
      <div className={styles.ways}>
        {ways.map((way) => {
          const Icon = LOOKS[way];
          return (
            <button
              key={way}
              type="button"
              disabled={!data || leave.isPending}
              onClick={() => (way === "counter" ? leave.mutate() : goTo("card"))}
            >
              <Icon size={64} stroke={1.5} aria-hidden />
              <span>{t(`till.kiosk.way_${way}`)}</span>
            </button>
          );
        })}
      </div>
      <Button className={styles.action} onClick={() => goTo("cart")}>
        {t("till.kiosk.back")}
      </Button>
    </section>
  );
}
