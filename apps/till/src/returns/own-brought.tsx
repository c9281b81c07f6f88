import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { findByCode, useCatalog } from "../catalog/catalog.ts";
import { useTill } from "../device/till-context.ts";
import { offeredLines, planOf, refundOf, takeBackHere, type OwnSold } from "../local/own-return.ts";
import { t } from "../t.ts";
import { choose, chooseAll, unitsOf, type Brought } from "./brought.ts";
import { BroughtLine } from "./brought-line.tsx";
import { GivenBack } from "./given-back.tsx";
import { WhatGoesBack } from "./what-goes-back.tsx";
import styles from "./returns.module.css";

const NOTHING: Brought = {};

/** A sale of this till while the hub cannot be reached [TIL-51]: what comes back of it, and what goes back by this till's own figures. */
export function OwnBrought({ own, onDone }: { readonly own: OwnSold; readonly onDone: () => void }) {
  const till = useTill();
  const [brought, setBrought] = useState(NOTHING);
  const catalog = useCatalog(till.register.placeId).data;
  const isTracked = (sku: string): boolean => (catalog && findByCode(catalog.products, sku)?.variant.availability.tracked) ?? false;
  const lines = offeredLines(own, isTracked);
  const refund = refundOf(own);
  const isOpen = (refund === "cash" || refund === "store_credit") && lines.some(({ returnable }) => returnable > 0);
  const units = unitsOf(brought);
  const plan = isOpen ? planOf(own, units, isTracked) : null;
  const money = (amount: number) => ({ amount, currency: own.sale.total.currency });
  const take = useMutation({
    mutationFn: async () => {
      if (!plan || (refund !== "cash" && refund !== "store_credit")) throw new Error("nothing was chosen that comes back here");
      return takeBackHere({ own, units, plan, refund, till });
    },
  });
  if (take.isSuccess) return <GivenBack returnId={take.data} onNext={onDone} />;
  return (
    <div className={styles.columns}>
      <section className={styles.lines} aria-labelledby="brought-title">
        <header>
          <h2 id="brought-title">{t("till.own_return.title", { number: own.receipt.number })}</h2>
          <p>
            {t("till.own_return.from")} ·{" "}
            <time dateTime={own.at}>{formatDateTime(own.at, { timeZone: till.timeZone, style: "short" })}</time>
          </p>
        </header>
        <p className={isOpen ? styles.quiet : styles.closed} role="status">
          {lines.every(({ returnable }) => returnable === 0) ? t("till.own_return.nothing_left") : t(`till.own_return.${refund}`)}
        </p>
        <ul>
          {lines.map((line) => (
            <BroughtLine
              key={line.orderLineId}
              line={line}
              choice={brought[line.orderLineId]}
              isOpen={isOpen}
              onChoose={(changed) => setBrought((before) => choose(before, line, changed))}
            />
          ))}
        </ul>
        {isOpen ? (
          <footer>
            <Button onClick={() => setBrought((before) => chooseAll(before, lines))}>{t("till.returns.all")}</Button>
          </footer>
        ) : null}
      </section>
      <WhatGoesBack
        target={plan ? <p className={styles.quiet}>{t("till.own_return.points")}</p> : null}
        refund={
          plan && (refund === "cash" || refund === "store_credit")
            ? {
                total: money(plan.total),
                tax: money(plan.tax),
                delivery: money(0),
                parts: [{ kind: refund, amount: money(plan.total) }],
                pointsTaken: 0,
                pointsGiven: 0,
              }
            : null
        }
        isFresh
        error={take.error}
        isPending={take.isPending}
        onTake={() => take.mutate()}
      />
    </div>
  );
}
