import { useQuery } from "@tanstack/react-query";
import type { CartLineView, CartView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { useLive } from "@weft/ui/api/context.tsx";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { ChannelIcon } from "@weft/ui/kit/channel-icon.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { useGlow } from "@weft/ui/live/glow.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";
import { ForCompany } from "./for-company.tsx";
import { cartQuery } from "./queries.ts";

/** The cart that the person has open right now, as it changes on any channel. */
export function LiveCart({ cartId }: { readonly cartId: string }) {
  const cart = useQuery(cartQuery(cartId));
  useLive(`cart/${cartId}`);
  return (
    <Section title={t("office.customer.cart")} {...(cart.data && { actions: <CartWhere cart={cart.data} /> })}>
      {cart.isPending ? (
        <Skeleton height="4rem" />
      ) : cart.isError ? (
        <ProblemNote error={cart.error} onRetry={cart.refetch} />
      ) : (
        <>
          <Lines cart={cart.data} />
          <ForCompany cart={cart.data} />
        </>
      )}
    </Section>
  );
}

function CartWhere({ cart }: { readonly cart: CartView }) {
  return (
    <span className={styles.kinds}>
      {cart.channelsSeen.map((kind) => (
        <ChannelIcon key={kind} kind={kind} size={16} />
      ))}
      <small className={styles.quiet}>
        <TimeAgo at={cart.updatedAt} />
      </small>
    </span>
  );
}

function Lines({ cart }: { readonly cart: CartView }) {
  if (cart.lines.length === 0) return <p className={styles.quiet}>{t("office.customer.cart_empty")}</p>;
  return (
    <>
      <ul className={styles.lines}>
        {cart.lines.map((line) => (
          <Line key={line.id} cartId={cart.id} line={line} />
        ))}
      </ul>
      <p className={styles.total}>
        <span>{cart.place?.name ?? t("office.customer.cart_no_place")}</span>
        <MoneyText money={cart.totals.total} />
      </p>
    </>
  );
}

function Line({ cartId, line }: { readonly cartId: string; readonly line: CartLineView }) {
  const glow = useGlow<HTMLLIElement>(`cart/${cartId}`, line.quantity);
  return (
    <li ref={glow}>
      <span>
        {line.quantity} × {inLanguage(line.name)}
        {line.options.length === 0 ? null : (
          <small className={styles.quiet}> {line.options.map(({ name }) => inLanguage(name)).join(", ")}</small>
        )}
        {line.deposit ? <small className={styles.quiet}> {depositText(line.deposit)}</small> : null}
      </span>
      <ChannelIcon kind={line.addedBy.channelKind} size={16} />
      <MoneyText money={goodsTotal(line)} />
    </li>
  );
}
