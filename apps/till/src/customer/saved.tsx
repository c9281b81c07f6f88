import IconHeart from "@tabler/icons-react/dist/esm/icons/IconHeart.mjs";
import { queryOptions, useMutation, useQuery } from "@tanstack/react-query";
import type { CartView, SavedItemView, SavedListView, TillCustomerView } from "@weft/contracts/client";
import { newKey } from "@weft/ui/api/api.ts";
import { useLive } from "@weft/ui/api/context.tsx";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { Sheet } from "@weft/ui/shop/sheet.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { catalogQuery, findByCode, type Catalog } from "../catalog/catalog.ts";
import { priceText, textOf } from "../common/text.ts";
import { useTill } from "../device/till-context.ts";
import { addToTicket } from "../sell/use-sell.ts";
import { t } from "../t.ts";
import styles from "./customer.module.css";

export const listsQuery = (customerId: string, storeId: string) =>
  queryOptions({
    queryKey: ["customer", customerId, "lists"],
    queryFn: async ({ signal }) => (await api.ask("lists.ofCustomer", { params: { id: customerId }, query: { storeId }, signal })).items,
  });

type Props = { readonly customer: TillCustomerView; readonly cart: CartView | undefined };

/** What the customer saved on any channel: one tap puts it on the ticket. What is on the ticket can be saved for them. */
export function Saved({ customer, cart }: Props) {
  const { register } = useTill();
  const [isOpen, setOpen] = useState(false);
  useLive(`customer/${customer.customerId}`);
  const lists = useQuery(listsQuery(customer.customerId, register.placeId)).data ?? [];
  const filled = lists.filter(({ items }) => items.length > 0);
  const count = filled.reduce((sum, { items }) => sum + items.length, 0);
  const lines = cart?.lines ?? [];
  if (count === 0 && lines.length === 0) return null;
  return (
    <>
      <Button wide onClick={() => setOpen(true)}>
        <IconHeart aria-hidden /> {t("till.saved.open", { count })}
      </Button>
      <Sheet open={isOpen} onClose={() => setOpen(false)} title={t("till.saved.title")}>
        <div className={styles.form}>
          {filled.map((list) => (
            <List key={list.id} list={list} customer={customer} />
          ))}
          {count === 0 ? <p>{t("till.saved.none")}</p> : null}
          {lines.length > 0 ? <SaveTicket customer={customer} lines={lines} onDone={() => setOpen(false)} /> : null}
        </div>
      </Sheet>
    </>
  );
}

function List({ list, customer }: { readonly list: SavedListView; readonly customer: TillCustomerView }) {
  const { register } = useTill();
  const catalog = api.queries.getQueryData<Catalog>(catalogQuery(register.placeId).queryKey);
  const take = useMutation({
    mutationFn: async ({ item, isAdded }: { readonly item: SavedItemView; readonly isAdded: boolean }) => {
      // The ticket keeps what was tapped through a cut; the list is only tidied, and what stays on it does no harm.
      if (isAdded)
        await api.ask("lists.operate", {
          params: { id: list.id },
          body: { operations: [{ id: newKey(), kind: "remove", itemId: item.id }] },
        });
    },
    onSettled: () => askAgain(customer),
  });
  const add = (item: SavedItemView): void => {
    const found = catalog && findByCode(catalog.products, item.sku);
    if (found) addToTicket({ product: found.product, variant: found.variant, options: item.options, quantity: item.quantity });
    else showToast(t("till.saved.not_here"));
    take.mutate({ item, isAdded: found !== undefined });
  };
  return (
    <div className={styles.usual} role="group" aria-label={list.name ?? t("till.saved.title")}>
      {list.name === null ? null : <strong>{list.name}</strong>}
      {list.items.map((item) => (
        <button key={item.id} type="button" onClick={() => add(item)}>
          + {item.quantity > 1 ? `${item.quantity} × ` : ""}
          {textOf(item.name)} {item.unitPrice ? `· ${priceText(item.unitPrice)}` : ""}
          {item.canBuy ? "" : ` · ${t("till.saved.away")}`}
        </button>
      ))}
    </div>
  );
}

type SaveProps = { readonly customer: TillCustomerView; readonly lines: CartView["lines"]; readonly onDone: () => void };

function SaveTicket({ customer, lines, onDone }: SaveProps) {
  const save = useMutation({
    mutationFn: () => {
      const operations = lines.slice(0, MOST).map(({ sku, quantity, options }) => ({
        id: newKey(),
        kind: "add" as const,
        sku,
        quantity,
        options: options.map(({ group, value }) => ({ group, value })),
      }));
      return api.ask("lists.open", { params: { id: customer.customerId }, body: { operations } });
    },
    onSuccess: async () => {
      showToast(t("till.saved.done"));
      await askAgain(customer);
      onDone();
    },
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <Button busy={save.isPending} onClick={() => save.mutate()}>
      {t("till.saved.save_ticket")}
    </Button>
  );
}

/** The hub takes so many operations at once. */
const MOST = 50;

const askAgain = ({ customerId }: TillCustomerView): Promise<void> =>
  api.queries.invalidateQueries({ queryKey: ["customer", customerId, "lists"] });
