import { useQuery } from "@tanstack/react-query";
import type { CartView } from "@weft/contracts/client";
import { depositText } from "@weft/ui/app/deposit.ts";
import { goodsTotal } from "@weft/ui/app/goods-total.ts";
import { formatMoney } from "@weft/ui/i18n/format.ts";
import { currentLocale } from "@weft/ui/i18n/i18n.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { LiveDot } from "@weft/ui/kit/live-dot.tsx";
import { BRAND } from "@weft/ui/theme/brand.ts";
import { api } from "../api.ts";
import frame from "../frame/frame.module.css";
import { MenuScreen } from "../menu/screen.tsx";
import { t } from "../t.ts";
import styles from "./tv.module.css";
import { useScreen } from "./use-screen.ts";
import type { Screen } from "./screen-store.ts";

/** A television at home or in the store: the menu, and beside it the cart of the phone that typed its code. */
export function Tv() {
  const { screen, cart } = useScreen();
  const stores = useQuery({
    queryKey: ["stores"],
    queryFn: async ({ signal }) => (await api.ask("stores.list", { query: { limit: 1 }, signal })).items,
  });
  const placeId = cart?.place?.id ?? stores.data?.[0]?.id;
  return (
    <div className={frame.board}>
      <header className={frame.head}>
        <strong className={frame.brand}>{BRAND.name}</strong>
        {cart?.place ? <h1>{cart.place.name}</h1> : <span />}
        <LiveDot />
      </header>
      <main className={styles.halves}>
        <div className={styles.menu}>{placeId === undefined ? null : <MenuScreen key={placeId} placeId={placeId} />}</div>
        {cart ? <Cart cart={cart} /> : screen ? <Code screen={screen} /> : <div />}
      </main>
    </div>
  );
}

function Code({ screen }: { readonly screen: Screen }) {
  return (
    <section className={styles.side} aria-label={t("board.tv.title")}>
      <h2>{t("board.tv.title")}</h2>
      <p>{t("board.tv.text")}</p>
      <QrCode text={`${location.origin}/shop/help?screen=${screen.code}`} label={t("board.tv.qr")} size={220} />
      <output className={styles.code}>{screen.code}</output>
    </section>
  );
}

function Cart({ cart }: { readonly cart: CartView }) {
  const isPaid = cart.state === "completed";
  return (
    <section className={styles.side} aria-label={t("board.tv.cart")}>
      <h2>{isPaid ? t("board.tv.paid") : t("board.tv.cart")}</h2>
      {cart.lines.length === 0 ? <p>{t("board.tv.cart_empty")}</p> : null}
      <ul className={styles.lines} aria-live="polite">
        {cart.lines.slice(-MOST_LINES).map((line) => (
          <li key={line.id}>
            <span>
              {line.quantity} × {line.name[currentLocale()] ?? line.name.en}
              {line.deposit ? <small>{depositText(line.deposit)}</small> : null}
            </span>
            <strong>{formatMoney(goodsTotal(line))}</strong>
          </li>
        ))}
      </ul>
      <p className={styles.total}>
        <span>{t("board.tv.total")}</span> <strong>{formatMoney(cart.totals.total)}</strong>
      </p>
      {isPaid || cart.lines.length === 0 ? null : (
        <div className={styles.pay}>
          <QrCode text={`${location.origin}/shop/checkout`} label={t("board.tv.pay")} size={160} />
          <p>{t("board.tv.pay")}</p>
        </div>
      )}
    </section>
  );
}

/** The newest; the total is that of all. */
const MOST_LINES = 8;
