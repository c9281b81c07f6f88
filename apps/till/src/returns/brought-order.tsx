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
import { t } from "../t.ts";
import { askedUnits, choose, chooseAll, unitsOf, type Brought } from "./brought.ts";
import { BroughtLine } from "./brought-line.tsx";
import { GivenBack } from "./given-back.tsx";
import { offerQuery } from "./queries.ts";
import { WhatGoesBack } from "./what-goes-back.tsx";
import styles from "./returns.module.css";

/** One order: what comes back on the left, what goes back for it on the right. */
export function BroughtOrder({ orderId, onDone }: { readonly orderId: string; readonly onDone: () => void }) {
  const { register, shift } = useTill();
  const [returnId] = useState(() => newId<Id<"return">>());
  const [brought, setBrought] = useState<Brought>({});
  const units = askedUnits(brought);
  const offer = useQuery(offerQuery(orderId, register.placeId, units));
  const take = useMutation({
    mutationFn: async () =>
      unwrapAnswer(await registerOutbox().perform("return.take", { shiftId: shift.id, returnId, orderId, lines: unitsOf(brought) })),
    // Somebody else was faster: what is left is asked again, and chosen anew.
    onError: (error) => {
      if (problemCode(error).startsWith("return.")) setBrought({});
    },
  });
  if (take.isSuccess) return <GivenBack returnId={returnId} onNext={onDone} />;
  if (!offer.data) return offer.isError ? <ProblemNote error={offer.error} onRetry={offer.refetch} /> : <ScreenSkeleton />;
  const { orderNumber, customerName, channelKind, placeName, placedAt, timeZone, lines, closed, until, refund } = offer.data;
  const from = placeName ?? t(`ui.channel.${channelKind}`);
  return (
    <div className={styles.columns}>
      <section className={styles.lines} aria-labelledby="brought-title">
        <header>
          <h2 id="brought-title">{t("till.collections.order", { number: orderNumber })}</h2>
          <p>
            {customerName ?? t("till.collections.nameless")} · {from} ·{" "}
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
              onChoose={(change) => setBrought((before) => choose(before, line, change))}
            />
          ))}
        </ul>
        {closed === null ? (
          <footer>
            <Button onClick={() => setBrought((before) => chooseAll(before, lines))}>{t("till.returns.all")}</Button>
            {until === null ? null : <small>{t("till.returns.until", { date: formatBusinessDate(until, "day") })}</small>}
          </footer>
        ) : null}
      </section>
      <WhatGoesBack
        refund={units === null ? null : refund}
        isFresh={!offer.isPlaceholderData}
        error={take.error ?? offer.error}
        isPending={take.isPending}
        onTake={() => take.mutate()}
      />
    </div>
  );
}
