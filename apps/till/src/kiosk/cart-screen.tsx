import { useMutation } from "@tanstack/react-query";
import type { CartLineView, CartView, KioskView, RequirementView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { promotionNames } from "@weft/ui/app/promotion-names.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import type { Catalog } from "../catalog/catalog.ts";
import { textOf } from "../common/text.ts";
import type { Wanted } from "../ticket/shape.ts";
import { t } from "../t.ts";
import { useKioskCart } from "./cart-bar.tsx";
import { MemberCard } from "./member-card.tsx";
import { changeCart, chooseDining, goTo, useOrder } from "./order.ts";
import styles from "./kiosk.module.css";

const DINING = ["eat_in", "take_away"] as const;

/** What was chosen: how many of each, what it costs and why, and whether it can still be had. */
export function CartScreen({ kiosk: { placeId }, catalog }: { readonly kiosk: KioskView; readonly catalog: Catalog | undefined }) {
  const cart = useKioskCart();
  const { dining } = useOrder();
  const change = useMutation({ networkMode: "always", mutationFn: (wanted: Wanted) => changeCart(wanted, placeId) });
  const dine = useMutation({ networkMode: "always", mutationFn: (next: (typeof DINING)[number]) => chooseDining(next, placeId) });
  if (cart.isError && !cart.data) return <ProblemNote error={cart.error} onRetry={cart.refetch} />;
  if (cart.isLoading) return <Skeleton height="24rem" />;
  const { data } = cart;
  if (!data || data.lines.length === 0)
    return (
      <section className={styles.cart}>
        <EmptyState title={t("till.kiosk.cart_empty")} text={t("till.kiosk.cart_empty_text")} />
        <Button kind="primary" className={styles.action} onClick={() => goTo("menu")}>
          {t("till.kiosk.more")}
        </Button>
      </section>
    );
  const problem = change.error ?? dine.error;
  return (
    <section className={styles.cart} aria-labelledby="cart-title">
      <h1 id="cart-title">{t("till.kiosk.cart_title")}</h1>
      <div className={styles.choice} role="group" aria-label={t("till.ticket.dining")}>
        {DINING.map((kind) => (
          <button key={kind} type="button" aria-pressed={dining === kind} onClick={() => dine.mutate(kind)}>
            {t(`till.kiosk.${kind}`)}
          </button>
        ))}
      </div>
      {problem ? <ProblemNote error={problem} /> : null}
      <ul className={styles.lines}>
        {data.lines.map((line) => (
          <Line
            key={line.id}
            line={line}
            pictureUrl={catalog?.products.find(({ id }) => id === line.productId)?.pictureUrl ?? line.pictureUrl}
            requirements={data.requirements.filter(({ lineId }) => lineId === line.id)}
            onChange={change.mutate}
          />
        ))}
      </ul>
      <MemberCard cart={data} />
      <Sums cart={data} />
      <div className={styles.bar}>
        <Button className={styles.action} onClick={() => goTo("menu")}>
          {t("till.kiosk.more")}
        </Button>
        <button
          type="button"
          className={styles.action}
          data-kind="primary"
          disabled={data.requirements.length > 0 || change.isPending || dine.isPending}
          onClick={() => goTo("pay")}
        >
          <span>{t("till.kiosk.pay")}</span>
          <output aria-live="polite">{formatMoney(data.totals.total)}</output>
        </button>
      </div>
    </section>
  );
}

type LineProps = {
  readonly line: CartLineView;
  readonly pictureUrl: string | null;
  readonly requirements: readonly RequirementView[];
  readonly onChange: (wanted: Wanted) => void;
};

function Line({ line, pictureUrl, requirements, onChange }: LineProps) {
  const name = textOf(line.name);
  const chosen = line.options.map((option) => textOf(option.name)).join(", ");
  const set = (quantity: number): void =>
    onChange(quantity === 0 ? { kind: "remove", lineId: line.id } : { kind: "setQuantity", lineId: line.id, quantity });
  return (
    <li className={styles.line}>
      {pictureUrl === null ? <span aria-hidden /> : <img src={pictureUrl} alt="" width={72} height={72} />}
      <span className={styles.what}>
        <strong>{name}</strong>
        {chosen === "" ? null : <small>{chosen}</small>}
        {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
        {line.discount.amount > 0 ? <small className={styles.promotion}>{promotionNames(line.because).join(" · ")}</small> : null}
        {requirements.map(({ code }) => (
          <small key={code} className={styles.warning} role="alert">
            {requirementText(code, line)}
          </small>
        ))}
      </span>
      <Stepper what={name} value={line.quantity} min={0} onChange={set} />
      <MoneyText money={goodsTotal(line)} />
    </li>
  );
}

/** Why a line cannot be ordered as it stands, and what helps. */
function requirementText(code: string, { available }: CartLineView): string {
  if (code === "product.sold_out") return t("till.kiosk.sold_out");
  if (code === "stock.insufficient") return t("till.kiosk.short", { count: available ?? 0 });
  return t("till.kiosk.not_now");
}

function Sums({ cart: { totals } }: { readonly cart: CartView }) {
  return (
    <dl className={styles.sums}>
      {totals.discount.amount > 0 ? (
        <div>
          <dt>{t("till.ticket.discount")}</dt>
          <dd>{formatMoney({ ...totals.discount, amount: -totals.discount.amount })}</dd>
        </div>
      ) : null}
      {totals.deposit ? (
        <div>
          <dt>{t("till.ticket.deposit")}</dt>
          <dd>{formatMoney(totals.deposit)}</dd>
        </div>
      ) : null}
    </dl>
  );
}
