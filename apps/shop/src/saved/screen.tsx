import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { useMutation, useQuery } from "@tanstack/react-query";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button, IconButton } from "@weft/ui/shop/button.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { Field } from "@weft/ui/shop/field.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { addToCart } from "../cart/send.ts";
import { useCustomer } from "../customer/session.ts";
import { Link } from "../router/router.tsx";
import { pathTo } from "../routes.ts";
import { Narrow } from "../shared/narrow.tsx";
import { useStore } from "../stores/stores.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import { ItemRow } from "./item-row.tsx";
import { dropItems, useKeptSaved, type KeptItem } from "./kept-saved.ts";
import { ListPart } from "./list-part.tsx";
import { Notes } from "./notes.tsx";
import { askAgain, listsQuery } from "./saved.ts";
import styles from "./saved.module.css";

/** What one keeps for later, on every channel the same, and what one wants to be told of. */
export function SavedScreen() {
  const customer = useCustomer();
  return <Narrow title={t("shop.saved.title")}>{customer ? <OwnLists customerId={customer.customerId} /> : <BrowserList />}</Narrow>;
}

function OwnLists({ customerId }: { readonly customerId: string }) {
  const { store } = useStore();
  const lists = useQuery(listsQuery(customerId, store?.id));
  if (lists.isError) return <ProblemNote error={lists.error} onRetry={lists.refetch} />;
  if (!lists.data) return <ScreenSkeleton />;
  const shown = lists.data.filter(({ name, items }) => name !== null || items.length > 0);
  return (
    <>
      {shown.length === 0 ? <NothingSaved /> : null}
      {shown.map((list) => (
        <ListPart key={list.id} list={list} customerId={customerId} />
      ))}
      <NewList customerId={customerId} />
      <Notes customerId={customerId} />
    </>
  );
}

function NewList({ customerId }: { readonly customerId: string }) {
  const [name, setName] = useState("");
  const open = useMutation({
    mutationFn: () => api.ask("lists.open", { params: { id: "me" }, body: { name: name.trim() } }),
    onSuccess: async () => {
      setName("");
      await askAgain(customerId);
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <form
      className={styles.create}
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") open.mutate();
      }}
    >
      <Field label={t("shop.saved.new_list")} value={name} maxLength={80} onChange={({ target }) => setName(target.value)} />
      <Button type="submit" busy={open.isPending}>
        {t("shop.saved.create")}
      </Button>
    </form>
  );
}

function BrowserList() {
  const kept = useKeptSaved();
  return (
    <>
      <p className={styles.quiet}>
        {t("shop.saved.sign_in_hint")} <Link to={`${pathTo("signIn")}?next=${pathTo("saved")}`}>{t("shop.sign_in.title")}</Link>
      </p>
      {kept.length === 0 ? <NothingSaved /> : null}
      <ul className={styles.items}>
        {kept.map((item) => (
          <ItemRow key={item.id} item={{ ...item, canBuy: true }}>
            <Button onClick={() => toCart(item)}>{t("shop.saved.to_cart")}</Button>
            <IconButton
              icon={IconTrash}
              label={t("shop.saved.remove", { name: inLanguage(item.name) })}
              onClick={() => dropItems(({ id }) => id === item.id)}
            />
          </ItemRow>
        ))}
      </ul>
    </>
  );
}

function toCart(item: KeptItem): void {
  const { sku, quantity, name, pictureUrl, unitPrice, options, placeId } = item;
  const free = { amount: 0, currency: unitPrice?.currency ?? "EUR" };
  const named = options.map(({ group, value }) => ({ group, value, name: { en: value }, priceDifference: free }));
  addToCart(sku, quantity, { name, pictureUrl, unitPrice, options: named }, placeId);
  dropItems(({ id }) => id === item.id);
  showToast(t("shop.product.added", { name: inLanguage(name) }));
}

function NothingSaved() {
  return (
    <EmptyState title={t("shop.saved.none")} text={t("shop.saved.none_hint")}>
      <Link to={pathTo("menu")}>{t("shop.cart.to_menu")}</Link>
    </EmptyState>
  );
}
