import { useMutation, useQuery } from "@tanstack/react-query";
import type { WishView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useEffect } from "react";
import { api } from "../api.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { inLanguage, priceText } from "../text.ts";
import { HeldFor } from "./held-for.tsx";
import { askWishes, wishesQuery } from "./saved.ts";
import styles from "./saved.module.css";

/** What came true, newest first, and what one still waits for. Looked at, the bell is quiet on every channel. */
export function Notes({ customerId }: { readonly customerId: string }) {
  const { store } = useStore();
  const wishes = useQuery(wishesQuery(customerId, store?.id)).data;
  const unseen = wishes?.unseen ?? 0;
  useEffect(() => {
    if (unseen > 0) void api.call("wishes.see", { params: { id: "me" } });
  }, [unseen]);
  const items = wishes?.items ?? [];
  const waitsForMenu = items.some(({ kind, state, placeId }) => kind === "new_on_menu" && state === "waiting" && placeId === store?.id);
  return (
    <section className={styles.part} aria-labelledby="wishes-title">
      <h2 id="wishes-title">{t("shop.wish.title")}</h2>
      {items.length === 0 ? <p className={styles.quiet}>{t("shop.wish.none")}</p> : null}
      <ul className={styles.items}>
        {items.map((wish) => (
          <Note key={wish.id} wish={wish} customerId={customerId} />
        ))}
      </ul>
      {store && !waitsForMenu ? <AskMenu placeId={store.id} placeName={store.name} customerId={customerId} /> : null}
    </section>
  );
}

function Note({ wish, customerId }: { readonly wish: WishView; readonly customerId: string }) {
  const clear = useMutation({
    mutationFn: () => api.ask("wishes.withdraw", { params: { id: wish.id } }),
    onSuccess: () => askWishes(customerId),
    onError: (error) => showToast(problemText(error)),
  });
  const words = textOf(wish);
  return (
    <li className={styles.note} data-new={wish.state === "told" || undefined}>
      <p>
        {wish.goods ? <Link to={pathTo("product", { slug: wish.goods.slug })}>{words}</Link> : words}{" "}
        {wish.toldAt === null ? null : (
          <small className={styles.quiet}>
            <TimeAgo at={wish.toldAt} />
          </small>
        )}
      </p>
      {wish.heldUntil === null ? null : <HeldFor wish={wish} until={wish.heldUntil} customerId={customerId} />}
      <Button kind="quiet" busy={clear.isPending} onClick={() => clear.mutate()}>
        {t(wish.state === "told" ? "shop.wish.clear" : "shop.wish.withdraw")}
      </Button>
    </li>
  );
}

function AskMenu({
  placeId,
  placeName,
  customerId,
}: {
  readonly placeId: string;
  readonly placeName: string;
  readonly customerId: string;
}) {
  const make = useMutation({
    mutationFn: () => api.ask("wishes.make", { params: { id: "me" }, body: { kind: "new_on_menu", placeId, storeId: placeId } }),
    onSuccess: () => askWishes(customerId),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <Button busy={make.isPending} onClick={() => make.mutate()}>
      {t("shop.wish.ask.new_on_menu", { place: placeName })}
    </Button>
  );
}

function textOf({ kind, state, goods, placeName }: WishView): string {
  const name = goods ? inLanguage(goods.name) : "";
  const place = placeName ?? t("shop.wish.anywhere");
  const amount = goods?.unitPrice ? priceText(goods.unitPrice) : "";
  return t(state === "told" ? `shop.wish.told.${kind}` : `shop.wish.waits.${kind}`, { name, place, amount });
}
