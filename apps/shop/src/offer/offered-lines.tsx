import type { CartLineView, CartView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { Totals } from "../cart/totals.tsx";
import { showCart } from "../cart/shown-cart.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { useOperate } from "./operate.ts";
import styles from "./offer.module.css";

type Props = { readonly token: string; readonly cart: CartView; readonly mayChange: boolean };

/** The goods with their prices, which hold; their numbers are the reader's to change where the desk let them. */
export function OfferedLines({ token, cart, mayChange }: Props) {
  return (
    <section className={styles.goods} aria-label={t("shop.checkout.summary")}>
      <ul>
        {cart.lines.map((line) => (
          <OfferedLine key={line.id} token={token} cartId={cart.id} line={line} mayChange={mayChange} />
        ))}
      </ul>
      <Totals cart={cart} shown={showCart(cart, [])} />
    </section>
  );
}

type LineProps = { readonly token: string; readonly cartId: string; readonly line: CartLineView; readonly mayChange: boolean };

function OfferedLine({ token, cartId, line, mayChange }: LineProps) {
  const operate = useOperate(cartId, token);
  const name = inLanguage(line.name);
  return (
    <li className={styles.line}>
      <span>
        {mayChange ? name : t("shop.checkout.line", { count: line.quantity, name })}
        {line.options.length > 0 ? <small>{line.options.map((option) => inLanguage(option.name)).join(" · ")}</small> : null}
        {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
        {line.note === undefined ? null : <small>{line.note}</small>}
        {line.override ? <small>{t("shop.offer.reduced", { reason: line.override.reason })}</small> : null}
      </span>
      <span className={styles.amount}>{formatMoney(goodsTotal(line))}</span>
      {mayChange ? (
        <span className={styles.changes}>
          <Stepper
            what={name}
            value={line.quantity}
            onChange={(quantity) => operate.mutate({ kind: "setQuantity", lineId: line.id, quantity })}
          />
          <Button kind="quiet" busy={operate.isPending} onClick={() => operate.mutate({ kind: "remove", lineId: line.id })}>
            {t("shop.offer.remove")}
          </Button>
        </span>
      ) : null}
    </li>
  );
}
