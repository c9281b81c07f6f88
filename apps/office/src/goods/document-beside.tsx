import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { StockDocumentView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { ArrivalForm } from "./arrival-form.tsx";
import { CountForm } from "./count-form.tsx";
import { documentQuery, GOODS_TOUCHED } from "./queries.ts";

/** A delivery, waste, transfer or count with its lines, and what can be done with it now. */
export function DocumentBeside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const document = useQuery(documentQuery(id));
  if (document.isPending || document.isError)
    return (
      <Beside title={t("office.nav.goods")} onClose={onClose}>
        {document.isError ? <ProblemNote error={document.error} onRetry={document.refetch} /> : <Skeleton height="12rem" />}
      </Beside>
    );
  const { data } = document;
  return (
    <Beside title={t(`office.goods.title_${data.kind}`, { number: data.number })} onClose={onClose}>
      <Facts document={data} />
      {data.state === "in_transit" ? <ArrivalForm key={data.id} document={data} /> : null}
      {data.kind === "count" && data.state === "open" ? <CountForm document={data} /> : null}
      {data.state === "done" || data.state === "discarded" ? (
        <Part title={t("office.goods.lines")}>
          <Lines document={data} />
        </Part>
      ) : null}
      <TakeBack document={data} />
    </Beside>
  );
}

function Facts({ document }: { readonly document: StockDocumentView }) {
  const { state, kind, placeName, fromPlaceName, partner, reason, note, expectedOn, createdAt, createdBy, doneAt, doneBy } = document;
  return (
    <div className={form.quiet}>
      <p>
        <Badge tone={state === "done" ? "good" : state === "discarded" ? "plain" : "warn"}>{t(`office.goods.state.${state}`)}</Badge>{" "}
        {fromPlaceName === null ? placeName : t("office.goods.way", { from: fromPlaceName, to: placeName })}
      </p>
      <p>{[partner, reason && t(`office.goods.reason.${reason}`), note].filter(Boolean).join(" · ")}</p>
      {expectedOn === null ? null : (
        <p>{t("office.goods.expected_on", { date: formatDate(expectedOn, { timeZone: "UTC", style: "day" }) })}</p>
      )}
      <p>
        {createdBy ?? t("office.goods.hub")} <TimeAgo at={createdAt} />
      </p>
      {doneAt !== null && (kind === "transfer" || kind === "count") ? (
        <p>
          {t("office.goods.ended_by", { name: doneBy ?? t("office.goods.hub") })} <TimeAgo at={doneAt} />
        </p>
      ) : null}
    </div>
  );
}

/** The lines with what they came to; a difference is what the next person looks for. */
function Lines({ document: { kind, lines } }: { readonly document: StockDocumentView }) {
  if (lines.length === 0) return <p className={form.quiet}>{t("office.goods.no_lines")}</p>;
  return (
    <ul className={form.rows}>
      {lines.map(({ sku, name, quantity, received, startedFrom, booked }) => {
        const difference = kind === "transfer" ? (received ?? 0) - quantity : startedFrom === null ? 0 : quantity - startedFrom;
        return (
          <li key={sku}>
            <span className={form.grow}>
              {inLanguage(name)} <small>{sku}</small>
            </span>
            {kind === "count" && !booked ? <Badge tone="plain">{t("office.goods.not_booked")}</Badge> : null}
            {difference === 0 ? null : <Badge tone="warn">{formatNumber(difference, { signDisplay: "exceptZero" })}</Badge>}
            <strong>{formatNumber(quantity)}</strong>
          </li>
        );
      })}
    </ul>
  );
}

/** Ends a count without booking the rest, or brings goods back that have not arrived. */
function TakeBack({ document: { id, kind, state } }: { readonly document: StockDocumentView }) {
  const may = useMay();
  const discard = useAct(() => api.ask("stock.discardDocument", { params: { id }, headers: keyHeader(newKey()) }), GOODS_TOUCHED);
  if (!may("stock.discardDocument") || (state !== "open" && state !== "in_transit")) return null;
  const word = kind === "transfer" ? "take_back" : "discard";
  return (
    <Button
      variant="default"
      loading={discard.isPending}
      onClick={() => discard.act(undefined, () => showToast(t(`office.goods.done_${word}`)))}
    >
      {t(`office.goods.${word}`)}
    </Button>
  );
}
