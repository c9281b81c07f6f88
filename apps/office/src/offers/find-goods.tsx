import { Button, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { CartView, ProductSummaryView } from "@weft/contracts/client";
import { useState } from "react";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";
import { goodsAtQuery, useChangeCart } from "./queries.ts";

/** Goods by typing, as the shop's own search finds them; Enter takes the first. */
export function FindGoods({ cart }: { readonly cart: CartView }) {
  const [typed, setTyped] = useState("");
  const query = useSettledText(typed);
  const found = useQuery(goodsAtQuery(query, cart.place?.id));
  const change = useChangeCart(cart);
  const items = query === "" ? [] : (found.data ?? []);
  const add = ({ defaultSku }: ProductSummaryView): void => {
    change.mutate({ kind: "add", sku: defaultSku, quantity: 1, options: [] });
    setTyped("");
  };
  return (
    <div className={form.form}>
      <TextInput
        maw="28rem"
        label={t("office.offer.find_goods")}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = items;
          if (event.key !== "Enter") return;
          event.preventDefault();
          if (first && query === typed.trim()) add(first);
        }}
      />
      {query !== "" && found.isSuccess && items.length === 0 ? <p role="status">{t("office.offer.no_goods")}</p> : null}
      <ul className={form.rows} aria-label={t("office.goods.found")}>
        {items.map((product) => (
          <li key={product.id}>
            <span className={form.grow}>{inLanguage(product.name)}</span>
            <Button size="xs" variant="default" loading={change.isPending} onClick={() => add(product)}>
              {t("office.offer.add", { name: inLanguage(product.name) })}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
