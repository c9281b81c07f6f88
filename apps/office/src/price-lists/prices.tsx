import { ActionIcon, Button, NumberInput } from "@mantine/core";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { BodyOf, ListedPriceView, PriceListView } from "@weft/contracts/client";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Part } from "../common/beside.tsx";
import { FilterText } from "../common/filter-text.tsx";
import form from "../common/form.module.css";
import { MoneyInput } from "../common/money-input.tsx";
import { inLanguage, priceText } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { listedQuery, PRICES_KEY } from "./queries.ts";

type Change = BodyOf<"prices.set">["prices"][number];

/** The prices of a list, with their quantity breaks; whatever is found by typing can be given one. */
export function Prices({ list }: { readonly list: PriceListView }) {
  const [query, setQuery] = useState<string>();
  const listed = useInfiniteQuery(listedQuery(list.id, query));
  const may = useMay();
  const save = useAct((change: Change) => api.ask("prices.set", { params: { id: list.id }, body: { prices: [change] } }), [PRICES_KEY]);
  const items = listed.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Part title={t("office.price_lists.prices")}>
      <div className={form.form}>
        <FilterText label={t("office.price_lists.find")} value={query} onChange={setQuery} />
        {listed.isError ? <ProblemNote error={listed.error} onRetry={listed.refetch} /> : null}
        <ul className={form.rows}>
          {items.map((price) => (
            <PriceRow
              key={`${price.variantId} ${price.minQuantity} ${price.unitPrice?.amount ?? ""}`}
              price={price}
              currency={list.currency}
              onSave={may("prices.set") ? (change) => save.mutate(change) : undefined}
            />
          ))}
        </ul>
        {listed.hasNextPage ? (
          <Button variant="default" loading={listed.isFetchingNextPage} onClick={() => void listed.fetchNextPage()}>
            {t("office.price_lists.more")}
          </Button>
        ) : null}
      </div>
    </Part>
  );
}

type RowProps = {
  readonly price: ListedPriceView;
  readonly currency: string;
  readonly onSave: ((change: Change) => void) | undefined;
};

function PriceRow({ price, currency, onSave }: RowProps) {
  const { sku, name, unitPrice, minQuantity } = price;
  const [isOpen, setOpen] = useState(false);
  return (
    <li className={form.stacked}>
      <div className={form.row}>
        <span>
          {inLanguage(name)} <small>{sku}</small>
        </span>
        <small>{minQuantity > 1 ? t("office.price_lists.from", { count: minQuantity }) : null}</small>
        <span>{unitPrice ? priceText(unitPrice) : "–"}</span>
        {onSave ? (
          <Button variant="default" size="xs" onClick={() => setOpen(!isOpen)}>
            {t(unitPrice ? "office.price_lists.change" : "office.price_lists.add_price")}
          </Button>
        ) : null}
        {onSave && unitPrice ? (
          <ActionIcon
            aria-label={t("office.price_lists.remove", { name: inLanguage(name) })}
            onClick={() => onSave({ sku, minQuantity, unitPrice: null })}
          >
            <IconX size={18} stroke={1.75} aria-hidden />
          </ActionIcon>
        ) : null}
      </div>
      {isOpen && onSave ? <PriceEditor price={price} currency={currency} onSave={onSave} /> : null}
    </li>
  );
}

/** A price, and from how many units on it holds: another number is another price beside this one. */
function PriceEditor({ price, currency, onSave }: Required<RowProps> & { readonly onSave: (change: Change) => void }) {
  const { sku, unitPrice, minQuantity } = price;
  const [amount, setAmount] = useState<number | null>(unitPrice ? Math.round(unitPrice.amount / 10 ** unitPrice.scale) : null);
  const [from, setFrom] = useState(minQuantity);
  const perQuantity = unitPrice?.per.quantity ?? 1;
  return (
    <div className={form.row}>
      <NumberInput
        min={1}
        allowDecimal={false}
        label={t("office.price_lists.min_quantity")}
        value={from}
        onChange={(next) => setFrom(Number(next))}
      />
      <MoneyInput required label={t("office.catalog.price")} currency={currency} value={amount} onChange={setAmount} />
      <Button
        disabled={amount === null || from < 1}
        onClick={() => amount !== null && onSave({ sku, minQuantity: from, unitPrice: { amount, scale: 0, perQuantity } })}
      >
        {t("office.promotions.save")}
      </Button>
    </div>
  );
}
