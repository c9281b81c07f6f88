import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ReturnOfferView } from "@weft/contracts/client";
import { addDays, businessDate, type BusinessDate } from "@weft/kernel";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import type { PlannedReturn } from "../../../../hub/src/modules/returns/domain/index.ts";
import type { GoodsHere, NotHere, OwnPrices, RefundHere } from "../../../../hub/src/modules/till/domain/index.ts";
import { findByCode, useCatalog } from "../catalog/catalog.ts";
import { useTill } from "../device/till-context.ts";
import { cashLeftOf, offeredLines, planOf, refundOf, type OwnSold } from "../local/own-return.ts";
import { pricesQuery } from "../local/prices.ts";
import { t } from "../t.ts";
import { choose, chooseAll, unitsOf, type Brought } from "./brought.ts";
import { BroughtLine } from "./brought-line.tsx";
import { ExchangeOnHere } from "./exchange-here.tsx";
import { GivenBack } from "./given-back.tsx";
import { isSaid, LateApproval, NO_WISH } from "./late-approval.tsx";
import { useTakeHere } from "./use-take-here.ts";
import { WhatGoesBack } from "./what-goes-back.tsx";
import styles from "./returns.module.css";

const NOTHING: Brought = {};

/** A sale of this till while the hub cannot be reached [TIL-51]: what comes back of it, and what goes back by this till's own figures. */
export function OwnBrought({ own, onDone }: { readonly own: OwnSold; readonly onDone: () => void }) {
  const till = useTill();
  const [brought, setBrought] = useState(NOTHING);
  const [wish, setWish] = useState(NO_WISH);
  const { prices, goods } = useGoodsHere();
  const until = prices && addDays(own.businessDate, prices.seller.place.returns.days);
  const isTooLate = until !== undefined && prices !== undefined && todayAt(prices.seller.place) > until;
  const lines = offeredLines(own, goods);
  const inCash = cashLeftOf(own, goods);
  const usual = refundOf(own, goods);
  const isLeft = lines.some(({ returnable }) => returnable > 0);
  const isOpen = isLeft && (usual !== "not_cash" || inCash > 0 || isExchangeable(own));
  const units = unitsOf(brought);
  const plan = isOpen ? planOf(own, units, goods) : null;
  const refund = plan ? refundOf(own, goods, plan.total) : usual;
  const isReady = !isTooLate || isSaid(wish);
  const money = (amount: number) => ({ amount, currency: own.sale.total.currency });
  const { take, exchange } = useTakeHere({ own, units, plan, refund, wish: isTooLate ? wish : null, prices }, () =>
    setWish((before) => ({ ...before, pin: "" })),
  );
  if (take.isSuccess) return <GivenBack returnId={take.data} onNext={onDone} />;
  if (exchange.isSuccess) return <GivenBack {...exchange.data} onNext={onDone} />;
  const isPending = take.isPending || exchange.isPending;
  return (
    <div className={styles.columns}>
      <section className={styles.lines} aria-labelledby="brought-title">
        <header>
          <h2 id="brought-title">{t("till.own_return.title", { number: own.number })}</h2>
          <p>
            {t("till.own_return.from")} ·{" "}
            <time dateTime={own.at}>{formatDateTime(own.at, { timeZone: till.timeZone, style: "short" })}</time>
          </p>
        </header>
        <p className={isOpen ? styles.quiet : styles.closed} role="status">
          {isLeft ? wayText(refund, inCash, money) : t("till.own_return.nothing_left")}
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
        target={
          plan ? (
            <>
              <p className={styles.quiet}>{t("till.own_return.points")}</p>
              {isTooLate ? <LateApproval until={until} wish={wish} onChange={setWish} /> : null}
            </>
          ) : null
        }
        refund={plan && (refund === "cash" || refund === "store_credit") ? refundView(plan, refund, money) : null}
        isFresh
        isReady={isReady}
        error={exchange.error ?? take.error}
        isPending={isPending}
        onTake={() => take.mutate()}
      >
        {plan ? (
          <ExchangeOnHere
            own={own}
            plan={plan}
            isReady={isReady && !isPending}
            onExchange={(out, agreed, cash) => exchange.mutate({ out, agreed, cash })}
          />
        ) : null}
      </WhatGoesBack>
    </div>
  );
}

/** The prices and the catalog that this till keeps, and what they say of goods that come back. */
function useGoodsHere() {
  const { register } = useTill();
  const catalog = useCatalog(register.placeId).data;
  const prices = useQuery(pricesQuery).data;
  const found = (sku: string) => catalog && findByCode(catalog.products, sku);
  const faultyOnly = new Set(prices?.seller.place.returns.faultyOnly);
  const goods: GoodsHere = {
    isTracked: (sku) => found(sku)?.variant.availability.tracked ?? false,
    isFaultyOnly: (sku) => faultyOnly.has(found(sku)?.product.categoryId ?? ""),
  };
  return { prices, goods };
}

const todayAt = ({ timeZone, dayEnd }: OwnPrices["seller"]["place"]): BusinessDate => businessDate(new Date(), timeZone, dayEnd);

/** Only money pays for other goods here. */
const isExchangeable = ({ sale }: OwnSold): boolean => sale.tenders.every(({ kind }) => kind === "cash" || kind === "card");

type Money = { readonly amount: number; readonly currency: string };

function wayText(refund: RefundHere | NotHere, inCash: number, money: (amount: number) => Money): string {
  return refund === "not_cash" && inCash > 0
    ? t("till.own_return.cash_part", { amount: formatMoney(money(inCash)) })
    : t(`till.own_return.${refund}`);
}

function refundView(
  { total, tax }: PlannedReturn,
  kind: RefundHere,
  money: (amount: number) => Money,
): NonNullable<ReturnOfferView["refund"]> {
  return {
    total: money(total),
    tax: money(tax),
    delivery: money(0),
    parts: [{ kind, amount: money(total) }],
    pointsTaken: 0,
    pointsGiven: 0,
  };
}
