import { Button, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { LocalizedText } from "@weft/contracts/client";
import { useDeferredValue, useState } from "react";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { t } from "../t.ts";
import { withLine, withQuantity, type DraftLine } from "./lines-draft.ts";
import { findGoodsQuery } from "./queries.ts";

/** Looks for goods while somebody types; a scanner ends with Enter, which takes the first, or else the code as it is. */
export function GoodsFinder({ onFound }: { readonly onFound: (goods: { sku: string; name: LocalizedText | null }) => void }) {
  const [typed, setTyped] = useState("");
  const text = useDeferredValue(typed.trim());
  const found = useQuery(findGoodsQuery(text)).data ?? [];
  const take = (goods: { sku: string; name: LocalizedText | null }): void => {
    onFound(goods);
    setTyped("");
  };
  return (
    <>
      <TextInput
        label={t("office.goods.find")}
        description={t("office.goods.find_hint")}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || typed.trim() === "") return;
          event.preventDefault();
          take((text === typed.trim() ? found[0] : undefined) ?? { sku: typed.trim(), name: null });
        }}
      />
      {typed === "" ? null : (
        <ul className={form.rows} aria-label={t("office.goods.found")}>
          {found.map((goods) => (
            <li key={goods.sku}>
              <span className={form.grow}>
                {inLanguage(goods.name)} <small>{goods.sku}</small>
              </span>
              <Button size="xs" variant="default" onClick={() => take(goods)} aria-label={t("office.goods.take", { sku: goods.sku })}>
                +
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** How many of what, line by line. */
export function LinesEditor({
  lines,
  onChange,
}: {
  readonly lines: readonly DraftLine[];
  readonly onChange: (lines: readonly DraftLine[]) => void;
}) {
  return (
    <>
      <GoodsFinder onFound={(goods) => onChange(withLine(lines, { ...goods, quantity: 1 }))} />
      <ul className={form.rows} aria-label={t("office.goods.lines")}>
        {lines.map(({ sku, name, quantity }) => (
          <li key={sku}>
            <span className={form.grow}>
              {name === null ? sku : inLanguage(name)} {name === null ? null : <small>{sku}</small>}
            </span>
            <NumberInput
              aria-label={t("office.goods.units_of", { sku })}
              w={96}
              min={0}
              max={100_000}
              allowDecimal={false}
              value={quantity}
              onChange={(value) => onChange(withQuantity(lines, sku, typeof value === "number" ? value : 0))}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
