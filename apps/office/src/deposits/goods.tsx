import { ActionIcon, Button, TextInput } from "@mantine/core";
import IconTrash from "@tabler/icons-react/dist/esm/icons/IconTrash.mjs";
import { useQuery } from "@tanstack/react-query";
import type { DepositView } from "@weft/contracts/client";
import { useState } from "react";
import { api } from "../api.ts";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";

const MOST_FOUND = 8;

type Goods = DepositView["goods"];

/** The goods that carry the deposit, one of it for each piece; found by name or SKU. */
export function DepositGoods({ goods, onChange }: { readonly goods: Goods; readonly onChange: (goods: Goods) => void }) {
  const [typed, setTyped] = useState("");
  const query = useSettledText(typed);
  const found = useQuery({
    queryKey: ["catalog", "for deposits", query],
    enabled: query !== "",
    queryFn: async ({ signal }) => (await api.ask("catalog.listForOffice", { query: { query, limit: MOST_FOUND }, signal })).items,
  });
  const open = query === "" ? [] : (found.data ?? []).flatMap((product) => product.variants.map((variant) => ({ product, variant })));
  return (
    <>
      <TextInput
        label={t("office.deposits.find_goods")}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <ul className={form.rows} aria-live="polite">
        {open
          .filter(({ variant: { id } }) => !goods.some(({ variantId }) => variantId === id))
          .slice(0, MOST_FOUND)
          .map(({ product, variant: { id, sku, name } }) => {
            const named = name.en === "" ? product.name : name;
            return (
              <li key={id}>
                <span className={form.grow}>
                  {inLanguage(named)} <small>{sku}</small>
                </span>
                <Button size="xs" variant="default" onClick={() => onChange([...goods, { variantId: id, sku, name: named }])}>
                  {t("office.deposits.add_goods", { name: inLanguage(named) })}
                </Button>
              </li>
            );
          })}
      </ul>
      <ul className={form.rows} aria-label={t("office.deposits.goods")}>
        {goods.map(({ variantId, sku, name }) => (
          <li key={variantId}>
            <span className={form.grow}>
              {inLanguage(name)} <small>{sku}</small>
            </span>
            <ActionIcon
              variant="default"
              aria-label={t("office.deposits.remove_goods", { name: inLanguage(name) })}
              onClick={() => onChange(goods.filter((one) => one.variantId !== variantId))}
            >
              <IconTrash size={16} aria-hidden />
            </ActionIcon>
          </li>
        ))}
      </ul>
    </>
  );
}
