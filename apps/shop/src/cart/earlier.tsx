import { useMutation } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { changeBasket } from "./basket.ts";
import { changeCart, operation } from "./send.ts";
import styles from "./earlier.module.css";

type Props = { readonly cartId: string; readonly earlier: NonNullable<CartView["earlier"]> };

/** What the customer had in their cart before they signed in here: offered one by one, never put in by itself. */
export function Earlier({ cartId, earlier }: Props) {
  const undo = useMutation({
    mutationFn: () => api.ask("carts.undoAdoption", { params: { id: cartId } }),
    onSuccess: async () => {
      // What is current now is the earlier cart; the one of this browser is a visitor's again.
      changeBasket({ cart: { id: earlier.cartId, token: null }, isClaimed: false });
      await api.queries.invalidateQueries({ queryKey: ["customer"] });
    },
  });
  return (
    <section className={styles.earlier} aria-labelledby="earlier-title">
      <h2 id="earlier-title">{t("shop.earlier.title")}</h2>
      <p>{t("shop.earlier.text")}</p>
      <ul>
        {earlier.lines.map(({ id, name, quantity }) => (
          <li key={id}>
            <span>{t("shop.earlier.line", { count: quantity, name: inLanguage(name) })}</span>
            <Button onClick={() => changeCart({ operation: operation("takeEarlierLine", { lineId: id }) })}>
              {t("shop.earlier.take")} <span className="said">{inLanguage(name)}</span>
            </Button>
          </li>
        ))}
      </ul>
      <div className={styles.actions}>
        <Button kind="quiet" onClick={() => changeCart({ operation: operation("dismissEarlier", {}) })}>
          {t("shop.earlier.dismiss")}
        </Button>
        {earlier.undoUntil === null ? null : (
          <Button kind="quiet" busy={undo.isPending} onClick={() => undo.mutate()}>
            {t("shop.earlier.undo")}
          </Button>
        )}
      </div>
      {undo.error ? <ProblemNote error={undo.error} /> : null}
    </section>
  );
}
