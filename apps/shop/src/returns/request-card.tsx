import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReturnRequestView } from "@weft/contracts/client";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { QrCode } from "@weft/ui/kit/qr-code.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { Button } from "@weft/ui/shop/button.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { api, tokenHeader } from "../api.ts";
import { saveFile } from "../shared/save-file.ts";
import { orderToken } from "../order/order-query.ts";
import { t } from "../t.ts";
import { inLanguage } from "../text.ts";
import styles from "./returns.module.css";

const TONES = { requested: "info", received: "info", inspected: "info", refunded: "good", refused: "bad", canceled: "plain" } as const;

/** One announced return: what to show or put into the parcel, where it is, and why something was not taken. */
export function RequestCard({ request }: { readonly request: ReturnRequestView }) {
  const { state, code, way, placeName, lines, steps, timeZone, refunded } = request;
  const last = steps.at(-1);
  return (
    <article className={styles.request} aria-label={request.number}>
      <header>
        <strong>{request.number}</strong>
        <Badge tone={TONES[state]}>{t(`shop.returns.state.${state}`)}</Badge>
      </header>
      <ul>
        {lines.map(({ orderLineId, quantity, name, accepted }) => (
          <li key={orderLineId}>
            {t("shop.checkout.line", { count: quantity, name: inLanguage(name) })}
            {accepted !== null && accepted < quantity ? <small>{t("shop.returns.accepted", { accepted, quantity })}</small> : null}
          </li>
        ))}
      </ul>
      {last ? (
        <p className={styles.quiet}>
          <time dateTime={last.at}>{formatDateTime(last.at, { timeZone, style: "short" })}</time>
          {last.placeName === null ? null : ` · ${last.placeName}`}
        </p>
      ) : null}
      {last?.reason ? <p role="status">{t("shop.returns.because", { reason: last.reason })}</p> : null}
      {refunded && state !== "refused" ? (
        <p>{t(`shop.returns.money.${state === "refunded" ? "back" : "coming"}`, { amount: formatMoney(refunded) })}</p>
      ) : null}
      {state === "requested" && code !== null ? (
        <div className={styles.code}>
          <QrCode text={code} label={t("shop.returns.qr")} size={132} />
          <div>
            <p>{way === "store" ? t("shop.returns.show") : t("shop.returns.send", { place: placeName ?? "" })}</p>
            <output>{code.replaceAll(/^(..)(....)(....)$/g, "$1 $2 $3")}</output>
          </div>
        </div>
      ) : null}
      {state === "requested" ? <Acts request={request} /> : null}
    </article>
  );
}

function Acts({ request: { id, orderId, number, way } }: { readonly request: ReturnRequestView }) {
  const queries = useQueryClient();
  const headers = tokenHeader(orderToken(orderId) ?? null) ?? {};
  const cancel = useMutation({
    mutationFn: () => api.ask("returns.cancelRequest", { params: { id }, headers }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ["order-returns", orderId] }),
  });
  const slip = useMutation({
    mutationFn: async () => saveFile(await api.file(`/v1/return-requests/${id}/slip.pdf`, headers), `${number}.pdf`),
  });
  const error = cancel.error ?? slip.error;
  return (
    <div className={styles.acts}>
      {way === "parcel" ? (
        <Button busy={slip.isPending} onClick={() => slip.mutate()}>
          {t("shop.returns.slip")}
        </Button>
      ) : null}
      <Button kind="quiet" busy={cancel.isPending} onClick={() => cancel.mutate()}>
        {t("shop.returns.cancel")}
      </Button>
      {error ? <ProblemNote error={error} /> : null}
    </div>
  );
}
