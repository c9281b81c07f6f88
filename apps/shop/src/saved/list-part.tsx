import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { useMutation } from "@tanstack/react-query";
import type { SavedListView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { ItemRow } from "./item-row.tsx";
import { askAgain, changeList, moveToCart } from "./saved.ts";
import styles from "./saved.module.css";

type Props = { readonly list: SavedListView; readonly customerId: string };

/** A list: each thing goes to the cart in one tap, all of it in another; it is shared by a link, or given up. */
export function ListPart({ list, customerId }: Props) {
  const { items } = list;
  const act = useMutation({
    mutationFn: (work: () => Promise<unknown>) => work(),
    onSuccess: () => askAgain(customerId),
    onError: (error) => showToast(problemText(error)),
  });
  const move = (ids: readonly string[]) => async () => {
    const refused = await moveToCart(customerId, list, ids);
    showToast(t(refused > 0 ? "shop.saved.refused" : "shop.saved.moved", { count: ids.length - refused }));
  };
  const there = items.filter(({ canBuy }) => canBuy).map(({ id }) => id);
  const title = list.name ?? t("shop.saved.unnamed");
  return (
    <section className={styles.part} aria-label={title}>
      <h2>{title}</h2>
      <ul className={styles.items}>
        {items.map((item) => (
          <ItemRow key={item.id} item={item}>
            <Button disabled={!item.canBuy} busy={act.isPending} onClick={() => act.mutate(move([item.id]))}>
              {t("shop.saved.to_cart")}
            </Button>
            <IconButton
              icon={IconTrash}
              label={t("shop.saved.remove", { name: inLanguage(item.name) })}
              onClick={() => act.mutate(() => changeList(list, { id: newKey(), kind: "remove", itemId: item.id }))}
            />
          </ItemRow>
        ))}
      </ul>
      {items.length === 0 ? <p className={styles.quiet}>{t("shop.saved.list_empty")}</p> : null}
      <div className={styles.acts}>
        {there.length > 1 ? (
          <Button kind="primary" busy={act.isPending} onClick={() => act.mutate(move(there.slice(0, MOST_AT_ONCE)))}>
            {t("shop.saved.all_to_cart")}
          </Button>
        ) : null}
        {items.length > 0 ? <Sharing list={list} onAct={act.mutate} /> : null}
        {list.name === null ? null : (
          <Button kind="quiet" onClick={() => act.mutate(() => api.ask("lists.remove", { params: { id: list.id } }))}>
            {t("shop.saved.remove_list")}
          </Button>
        )}
      </div>
    </section>
  );
}

/** The hub moves this many in one call. */
const MOST_AT_ONCE = 50;

/** Whoever has the link may read the list; ended, it opens nothing. */
function Sharing({ list, onAct }: { readonly list: SavedListView; readonly onAct: (work: () => Promise<unknown>) => void }) {
  const share = async (): Promise<void> => {
    const { shareUrl } = await api.ask("lists.share", { params: { id: list.id } });
    const url = new URL(shareUrl ?? "", window.location.href).href;
    await navigator.clipboard?.writeText(url).catch(() => undefined); // shown beside the button all the same
    showToast(t("shop.saved.copied"));
  };
  return (
    <>
      <Button onClick={() => onAct(share)}>{t("shop.saved.share")}</Button>
      {list.shareUrl === null ? null : (
        <>
          <a className={styles.link} href={list.shareUrl}>
            {new URL(list.shareUrl, window.location.href).href}
          </a>
          <Button kind="quiet" onClick={() => onAct(() => api.ask("lists.unshare", { params: { id: list.id } }))}>
            {t("shop.saved.unshare")}
          </Button>
        </>
      )}
    </>
  );
}
