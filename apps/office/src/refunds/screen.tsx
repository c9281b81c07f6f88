import { Button, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { RefundView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDateTime, formatMoney } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { Fact, Facts } from "../common/facts.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { refundsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

/** A provider answers by itself: a list that stands open is asked again so often. */
const AGAIN_MS = 15_000;

const refundsQuery = {
  ...pagedQuery(["refunds"], (page, signal) => api.ask("refunds.list", { query: { ...page, limit: PAGE_ROWS }, signal })),
  refetchInterval: AGAIN_MS,
};

/** Money that should have gone back and has not: refused by its provider, or without an answer. */
export function RefundsScreen(): ReactElement {
  const { open } = refundsRoute.useSearch();
  const navigate = refundsRoute.useNavigate();
  const refunds = useInfiniteQuery(refundsQuery);
  const refund = refunds.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.refunds")}
      beside={refund ? <RefundBeside key={refund.id} refund={refund} onClose={() => void navigate({ search: {}, replace: true })} /> : null}
    >
      <PagedTable
        query={refunds}
        label={t("office.nav.refunds")}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/refunds", search: { open: id } })}
        openKey={open}
        empty={{ title: t("office.refund.none"), text: t("office.refund.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<RefundView>[] {
  return [
    { key: "order", label: t("office.refund.order"), cell: ({ orderNumber }) => orderNumber, text: ({ orderNumber }) => orderNumber },
    {
      key: "amount",
      label: t("office.refund.amount"),
      cell: ({ amount }) => formatMoney(amount),
      text: ({ amount }) => formatMoney(amount),
    },
    { key: "state", label: t("office.orders.state"), cell: (refund) => <State refund={refund} />, text: ({ state }) => state },
    {
      key: "provider",
      label: t("office.refund.provider"),
      isMinor: true,
      cell: ({ provider }) => provider ?? "",
      text: ({ provider }) => provider ?? "",
    },
    { key: "at", label: t("office.refund.asked"), cell: ({ at }) => formatDateTime(at), text: ({ at }) => at },
  ];
}

const State = ({ refund: { state } }: { readonly refund: RefundView }) => (
  <Badge tone={state === "failed" ? "bad" : "warn"}>{t(`office.refund.state.${state}`)}</Badge>
);

function RefundBeside({ refund, onClose }: { readonly refund: RefundView; readonly onClose: () => void }) {
  const may = useMay();
  const [note, setNote] = useState("");
  // One key for each: pressed twice, or sent again after a cut, it is asked for once.
  const [[retryKey, noteKey]] = useState(() => [newKey(), newKey()] as const);
  const params = { id: refund.id };
  const retry = useAct(() => api.ask("refunds.retry", { params, headers: keyHeader(retryKey) }), [["refunds"]]);
  const settle = useAct(
    () => api.ask("refunds.settle", { params, body: { note: note.trim() }, headers: keyHeader(noteKey) }),
    [["refunds"]],
  );
  return (
    <Beside title={t("office.refund.one", { amount: formatMoney(refund.amount) })} onClose={onClose}>
      <p>{t(refund.state === "failed" ? "office.refund.failed_text" : "office.refund.open_text")}</p>
      <Facts>
        <Fact label={t("office.refund.order")}>
          <PageLink to="/orders" search={{ open: refund.orderId }}>
            {refund.orderNumber}
          </PageLink>
        </Fact>
        <Fact label={t("office.orders.state")}>
          <State refund={refund} />
        </Fact>
        <Fact label={t("office.refund.tries")}>{String(refund.attempt)}</Fact>
        <Fact label={t("office.refund.asked")}>{formatDateTime(refund.at)}</Fact>
      </Facts>
      {refund.state === "failed" && may("refunds.retry") ? (
        <Button loading={retry.isPending} onClick={() => retry.act(undefined, () => showToast(t("office.refund.retried")))}>
          {t("office.refund.retry")}
        </Button>
      ) : null}
      {may("refunds.settle") ? (
        <form
          className={form.form}
          onSubmit={(event) => {
            event.preventDefault();
            settle.act(undefined, () => showToast(t("office.refund.settled")));
          }}
        >
          <TextInput
            label={t("office.refund.note")}
            description={t("office.refund.note_hint")}
            value={note}
            maxLength={300}
            onChange={({ target }) => setNote(target.value)}
          />
          <Button type="submit" variant="default" disabled={note.trim() === ""} loading={settle.isPending}>
            {t("office.refund.settle")}
          </Button>
        </form>
      ) : null}
    </Beside>
  );
}
