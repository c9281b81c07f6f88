import { useMutation, useQueryClient } from "@tanstack/react-query";
import { WASTE_REASONS } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Stepper } from "@weft/ui/shop/stepper.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useTill } from "../device/till-context.ts";
import { t } from "../t.ts";
import { withOneMore, withUnits, type GoodsLines } from "./parts.ts";
import { GoodsPicker } from "./picker.tsx";
import styles from "./goods.module.css";

/** What is thrown away, and why; each scan is one more unit. */
export function Waste() {
  const { register } = useTill();
  const queries = useQueryClient();
  const [lines, setLines] = useState<GoodsLines>([]);
  const [reason, setReason] = useState<(typeof WASTE_REASONS)[number]>("out_of_date");
  const [key, setKey] = useState(newKey);
  const book = useMutation({
    mutationFn: () => {
      const units = lines.map(({ sku, quantity }) => ({ sku, quantity }));
      return api.ask("stock.wasteGoods", { body: { placeId: register.placeId, reason, lines: units }, headers: keyHeader(key) });
    },
    onSuccess: ({ number }) => {
      showToast(t("till.goods.wasted", { number }));
      setLines([]);
    },
    onSettled: () => {
      setKey(newKey());
      return queries.invalidateQueries({ queryKey: ["goods"] });
    },
  });
  return (
    <div className={styles.two}>
      <section className={styles.pane}>
        <h2>{t("till.goods.what_goes")}</h2>
        <GoodsPicker onPick={(picked) => setLines((before) => withOneMore(before, picked))} />
        <ul className={styles.lines}>
          {lines.map(({ sku, name, quantity }) => (
            <li key={sku}>
              <span>
                {name} <small>{sku}</small>
              </span>
              <Stepper what={name} min={0} value={quantity} onChange={(units) => setLines((before) => withUnits(before, sku, units))} />
            </li>
          ))}
        </ul>
      </section>
      <section className={styles.pane}>
        <h2>{t("till.goods.why")}</h2>
        <div className={styles.reasons} role="group" aria-label={t("till.goods.why")}>
          {WASTE_REASONS.map((known) => (
            <button key={known} type="button" aria-pressed={known === reason} onClick={() => setReason(known)}>
              {t(`till.goods.reason.${known}`)}
            </button>
          ))}
        </div>
        {book.error ? <ProblemNote error={book.error} /> : null}
        <Button kind="primary" wide busy={book.isPending} disabled={lines.length === 0} onClick={() => book.mutate()}>
          {t("till.goods.book_waste")}
        </Button>
      </section>
    </div>
  );
}
