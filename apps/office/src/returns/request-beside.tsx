import { Button, NativeSelect, NumberInput, TextInput } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { Disposition, ReturnRequestView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { useLive } from "@weft/ui/api/context.tsx";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { RequestBadge } from "./request-badge.tsx";

const TOUCHES = [["return-requests"], ["return-request"], ["returns"], ["order"]];

const requestQuery = (id: string) =>
  queryOptions({
    queryKey: ["return-request", id],
    queryFn: ({ signal }) => api.ask("returns.readRequest", { params: { id }, signal }),
    staleTime: 0,
  });

/** One announced return: what it is, where it stands, what can be done now, and why not more. */
export function RequestBeside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const found = useQuery(requestQuery(id));
  const request = found.data;
  useLive(request ? `order-returns/${request.orderId}` : undefined);
  return (
    <Beside title={request ? <Title request={request} /> : t("office.nav.returns")} onClose={onClose}>
      {request ? (
        <>
          <Next request={request} />
          <Lines request={request} />
          <Steps request={request} />
        </>
      ) : found.isError ? (
        <ProblemNote error={found.error} onRetry={found.refetch} />
      ) : (
        <ScreenSkeleton />
      )}
    </Beside>
  );
}

function Title({ request: { number, state } }: { readonly request: ReturnRequestView }) {
  return (
    <span>
      {number} <RequestBadge state={state} />
    </span>
  );
}

/** What waits for whom, and the act that comes next. */
function Next({ request }: { readonly request: ReturnRequestView }) {
  const may = useMay();
  const { state, way, wish, refunded } = request;
  if (state === "requested")
    return (
      <>
        <p className={form.quiet}>{t(`office.returns.next.${way}`)}</p>
        {wish === "exchange" ? <p className={form.quiet}>{t("office.returns.next.exchange")}</p> : null}
        {may("returns.receiveRequest") ? <Receive request={request} /> : null}
      </>
    );
  if (state === "received" && may("returns.inspectRequest")) return <Inspect request={request} />;
  return <p className={form.quiet}>{t(`office.returns.next.${state}`, { amount: refunded ? formatMoney(refunded) : "" })}</p>;
}

function Receive({ request: { id, placeId } }: { readonly request: ReturnRequestView }) {
  const places = useOwnPlaceOptions();
  const [chosen, setChosen] = useState<string | null>(null);
  const here = chosen ?? places.find(({ value }) => value === placeId)?.value ?? places[0]?.value ?? "";
  const receive = useAct(() => api.ask("returns.receiveRequest", { params: { id }, body: { placeId: here } }), TOUCHES);
  const cancel = useAct(() => api.ask("returns.cancelRequest", { params: { id } }), TOUCHES);
  return (
    <div className={form.form}>
      <NativeSelect label={t("office.returns.place")} data={places} value={here} onChange={({ target }) => setChosen(target.value)} />
      <div className={form.row}>
        <Button loading={receive.isPending} disabled={here === ""} onClick={() => receive.mutate()}>
          {t("office.returns.receive")}
        </Button>
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
          {t("office.returns.cancel")}
        </Button>
      </div>
    </div>
  );
}

const DISPOSITIONS: readonly Disposition[] = ["restock", "quarantine", "write_off"];

type Found = { readonly accepted: number; readonly disposition: Disposition };

function Inspect({ request }: { readonly request: ReturnRequestView }) {
  const { id, lines } = request;
  const [found, setFound] = useState<Readonly<Record<string, Found>>>({});
  const [reason, setReason] = useState("");
  const [key] = useState(newKey);
  const judged = lines.map((line) => ({
    line,
    ...(found[line.orderLineId] ?? {
      accepted: line.quantity,
      disposition: line.isRestockable ? ("restock" as const) : ("write_off" as const),
    }),
  }));
  const isWhole = judged.every(({ line, accepted }) => accepted === line.quantity);
  const decide = useAct(
    () =>
      api.ask("returns.inspectRequest", {
        params: { id },
        body: {
          lines: judged.map(({ line: { orderLineId }, accepted, disposition }) => ({ orderLineId, accepted, disposition })),
          ...(!isWhole && { reason: reason.trim() }),
        },
        headers: keyHeader(key),
      }),
    TOUCHES,
  );
  return (
    <Part title={t("office.returns.inspect")}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          decide.mutate();
        }}
      >
        {judged.map(({ line, accepted, disposition }) => (
          <div key={line.orderLineId} className={form.row}>
            <NumberInput
              label={`${inLanguage(line.name)} (${t("office.returns.of", { count: line.quantity })})`}
              min={0}
              max={line.quantity}
              clampBehavior="strict"
              allowDecimal={false}
              value={accepted}
              onChange={(units) => setFound({ ...found, [line.orderLineId]: { accepted: Number(units) || 0, disposition } })}
            />
            <NativeSelect
              label={t("office.returns.disposition")}
              value={disposition}
              data={DISPOSITIONS.filter((one) => line.isRestockable || one !== "restock").map((value) => ({
                value,
                label: t(`ui.return.disposition.${value}`),
              }))}
              onChange={({ target }) =>
                setFound({
                  ...found,
                  [line.orderLineId]: { accepted, disposition: DISPOSITIONS.find((one) => one === target.value) ?? disposition },
                })
              }
            />
          </div>
        ))}
        {isWhole ? null : (
          <TextInput
            required
            label={t("office.returns.why_not")}
            maxLength={300}
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
        )}
        <Button type="submit" loading={decide.isPending} disabled={!isWhole && reason.trim() === ""}>
          {judged.every(({ accepted }) => accepted === 0) ? t("office.returns.refuse") : t("office.returns.accept")}
        </Button>
      </form>
    </Part>
  );
}

function Lines({ request: { lines, orderId, orderNumber, code } }: { readonly request: ReturnRequestView }) {
  return (
    <Part title={t("office.returns.what")}>
      <p className={form.quiet}>
        <PageLink to="/orders" search={{ open: orderId }}>
          {orderNumber}
        </PageLink>
        {code === null ? null : ` · ${code}`}
      </p>
      <ul className={form.rows}>
        {lines.map(({ orderLineId, quantity, name, reason, accepted }) => (
          <li key={orderLineId}>
            <span className={form.grow}>
              {quantity} × {inLanguage(name)} <small>{t(`ui.return.reason.${reason}`)}</small>
            </span>
            {accepted === null ? null : <small>{t("office.returns.accepted", { count: accepted })}</small>}
          </li>
        ))}
      </ul>
    </Part>
  );
}

function Steps({ request: { steps, timeZone } }: { readonly request: ReturnRequestView }) {
  return (
    <Part title={t("office.returns.history")}>
      <ul className={form.rows}>
        {steps.map(({ state, at, staffName, placeName, reason }) => (
          <li key={at}>
            <span className={form.grow}>
              {t(`office.returns.state.${state}`)} <small>{[staffName, placeName, reason].filter(Boolean).join(" · ")}</small>
            </span>
            <time dateTime={at}>{formatDateTime(at, { timeZone, style: "short" })}</time>
          </li>
        ))}
      </ul>
    </Part>
  );
}
