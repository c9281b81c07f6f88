import { useMutation, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { newId, type Id } from "@weft/kernel";
import { formatBusinessDate, formatDateTime } from "@weft/ui/i18n/format.ts";
import { problemCode } from "@weft/ui/api/problem-error.ts";
import { closedText } from "@weft/ui/app/return-text.ts";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useTill } from "../device/till-context.ts";
import { unwrapAnswer } from "../outbox/answer.ts";
import { registerOutbox } from "../outbox/register-outbox.ts";
import { useTicket } from "../ticket/ticket.ts";
import { t } from "../t.ts";
import { announcedUnits, askedUnits, choose, chooseAll, unitsOf, type Brought } from "./brought.ts";
import { BroughtLine } from "./brought-line.tsx";
import { ExchangeFor } from "./exchange-for.tsx";
import { useExchange } from "./use-exchange.ts";
import { GivenBack } from "./given-back.tsx";
import { offerQuery, requestQuery } from "./queries.ts";
import { PresentTarget, RefundTarget, type Target } from "./refund-target.tsx";
import { WhatGoesBack } from "./what-goes-back.tsx";
import styles from "./returns.module.css";

type BroughtOrderProps = {
  readonly orderId: string;
  /** What was announced of it: chosen already, and ended by what is taken. */
  readonly requestId: string | undefined;
  /** It was brought with a receipt without prices: of these lines, or of `all`. */
  readonly gift: string | undefined;
  readonly onDone: () => void;
};

const NOTHING: Brought = {};

/** One order: what comes back on the left, what goes back for it on the right. */
export function BroughtOrder({ orderId, requestId, gift, onDone }: BroughtOrderProps) {
  const { register, shift } = useTill();
  const [returnId] = useState(() => newId<Id<"return">>());
  const request = useQuery({ ...requestQuery(requestId ?? ""), enabled: requestId !== undefined }).data;
  const [chosen, setBrought] = useState<Brought>();
  const brought = chosen ?? (request ? announcedUnits(request) : NOTHING);
  const change = (next: (before: Brought) => Brought): void => setBrought((before) => next(before ?? brought));
  const units = askedUnits(brought);
  const [wish, setTarget] = useState<Target>();
  const { customer } = useTicket();
  // Money of a present goes to who brings it, unless they say otherwise [RET-16].
  const target = gift === undefined ? wish : (wish ?? "store_credit");
  const creditTo = gift !== undefined && target === "store_credit" ? customer : null;
  const offer = useQuery(offerQuery(orderId, register.placeId, units, requestId, target));
  const take = useMutation({
    mutationFn: async () =>
      unwrapAnswer(
        await registerOutbox().perform("return.take", {
          shiftId: shift.id,
          returnId,
          orderId,
          lines: unitsOf(brought),
          ...(requestId !== undefined && { requestId }),
          ...(target && { refundTo: target }),
          ...(creditTo && { creditTo: creditTo.customerId }),
        }),
      ),
    // Somebody else was faster: what is left is asked again, and chosen anew.
    onError: (error) => {
      if (problemCode(error).startsWith("return.")) setBrought({});
    },
  });
  const exchange = useExchange({ returnId, orderId, requestId, lines: unitsOf(brought) });
  if (exchange.isSuccess) return <GivenBack returnId={returnId} change={exchange.data} onNext={onDone} />;
  if (take.isSuccess) return <GivenBack returnId={returnId} onNext={onDone} />;
  if (!offer.data) return offer.isError ? <ProblemNote error={offer.error} onRetry={offer.refetch} /> : <ScreenSkeleton />;
  const { orderNumber, customerName, channelKind, placeName, placedAt, timeZone, closed, until, refund } = offer.data;
  const lines = offer.data.lines.filter(({ orderLineId }) => gift === undefined || gift === "all" || gift.split(",").includes(orderLineId));
  const from = placeName ?? t(`ui.channel.${channelKind}`);
  return (
    <div className={styles.columns}>
      <section className={styles.lines} aria-labelledby="brought-title">
        <header>
          <h2 id="brought-title">{t("till.collections.order", { number: orderNumber })}</h2>
          {gift === undefined ? null : <p>{t("till.gift.brought")}</p>}
          {request ? <p>{t(`till.returns.announced.${request.wish}`, { number: request.number })}</p> : null}
          <p>
            {/* Who gave it is nothing that is read out to who brings it. */}
            {gift === undefined ? (customerName ?? t("till.collections.nameless")) : t("till.gift.giver")} · {from} ·{" "}
            <time dateTime={placedAt}>{formatDateTime(placedAt, { timeZone, style: "short" })}</time>
          </p>
        </header>
        {closed === null ? null : (
          <p className={styles.closed} role="status">
            {closedText(closed)}
          </p>
        )}
        <ul>
          {lines.map((line) => (
            <BroughtLine
              key={line.orderLineId}
              line={line}
              choice={brought[line.orderLineId]}
              isOpen={closed === null}
              onChoose={(changed) => change((before) => choose(before, line, changed))}
            />
          ))}
        </ul>
        {closed === null ? (
          <footer>
            <Button data-tour="return-all" onClick={() => change((before) => chooseAll(before, lines))}>
              {t("till.returns.all")}
            </Button>
            {until === null ? null : <small>{t("till.returns.until", { date: formatBusinessDate(until, "day") })}</small>}
          </footer>
        ) : null}
      </section>
      <WhatGoesBack
        target={
          gift === undefined ? (
            <RefundTarget targets={closed === null ? offer.data.refundTargets : []} chosen={target} onChoose={setTarget} />
          ) : (
            <PresentTarget
              mayTender={offer.data.refundTargets.includes("tender")}
              chosen={target ?? "store_credit"}
              bringer={customer?.givenName ?? null}
              onChoose={setTarget}
            />
          )
        }
        isReady={gift === undefined || target === "tender" || customer !== null}
        refund={units === null ? null : refund}
        isFresh={!offer.isPlaceholderData}
        error={exchange.error ?? take.error ?? offer.error}
        isPending={take.isPending || exchange.isPending}
        onTake={() => take.mutate()}
      >
        {units === null || refund === null ? null : (
          <ExchangeFor
            refund={refund}
            isReady={!offer.isPlaceholderData && !take.isPending}
            isPending={exchange.isPending}
            onExchange={(total, tender) => exchange.mutate({ total, tender })}
          />
        )}
      </WhatGoesBack>
    </div>
  );
}
