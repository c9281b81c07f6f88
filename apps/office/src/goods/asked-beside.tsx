import { Button, Stack, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { StockAskedLineView } from "@weft/contracts/client";
import { keyHeader, newKey } from "@weft/ui/api/api.ts";
import { formatDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { PageLink } from "../common/page-link.tsx";
import { inLanguage } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { DeclineAsked } from "./decline-asked.tsx";
import { askedQuery, GOODS_TOUCHED } from "./queries.ts";

/** What customers have bought that lies at one place and fetch at another: by the way that it travels, the earliest promise first. */
export function AskedBeside({ place, onClose }: { readonly place: string | undefined; readonly onClose: () => void }) {
  const asked = useQuery(askedQuery(place));
  const ways = Map.groupBy(asked.data?.items ?? [], ({ fromPlaceId, placeId }) => `${fromPlaceId}/${placeId}`);
  return (
    <Beside title={t("office.goods.asked")} onClose={onClose}>
      {asked.isPending ? <Skeleton height="8rem" /> : null}
      {asked.isError ? <ProblemNote error={asked.error} onRetry={asked.refetch} /> : null}
      {asked.data && ways.size === 0 ? <EmptyState title={t("office.goods.nothing_asked")} /> : null}
      {[...ways].map(([way, lines]) => (
        <AskedWay key={way} lines={lines} />
      ))}
    </Beside>
  );
}

function AskedWay({ lines }: { readonly lines: readonly StockAskedLineView[] }) {
  const may = useMay();
  const [first] = lines;
  const [expectedOn, setExpectedOn] = useState(first?.dueOn ?? "");
  // A key per transfer: pressed twice it is one.
  const [key, setKey] = useState(newKey);
  const send = useAct(
    async ({ fromPlaceId, placeId }: Pick<StockAskedLineView, "fromPlaceId" | "placeId">) => {
      const body = {
        fromPlaceId,
        placeId,
        orderLineIds: lines.map(({ orderLineId }) => orderLineId),
        expectedOn: expectedOn || null,
        note: null,
      };
      const { number } = await api.ask("stock.sendAsked", { body, headers: keyHeader(key) });
      showToast(t("office.goods.asked_sent", { number }));
    },
    [...GOODS_TOUCHED, ["tasks"]],
  );
  if (!first) return null;
  return (
    <Part title={t("office.goods.way", { from: first.fromPlaceName, to: first.placeName })}>
      <ul className={form.rows}>
        {lines.map(({ orderLineId, orderId, sku, name, quantity, dueOn }) => (
          <li key={orderLineId} className={form.stacked}>
            <span>
              {formatNumber(quantity)} × {inLanguage(name)} <small>{sku}</small>
            </span>
            <small>
              {t("office.goods.asked_by", { day: formatDate(dueOn, { timeZone: "UTC", style: "day" }) })}{" "}
              <PageLink to="/orders" search={{ open: orderId }}>
                {t("office.goods.asked_order")}
              </PageLink>
            </small>
          </li>
        ))}
      </ul>
      {may("stock.sendAsked") ? (
        <Stack gap="sm" align="start">
          <TextInput
            type="date"
            label={t("office.goods.asked_expected")}
            description={t("office.goods.asked_expected_hint")}
            value={expectedOn}
            onChange={({ target }) => setExpectedOn(target.value)}
          />
          <Button loading={send.isPending} onClick={() => send.mutate(first, { onSettled: () => setKey(newKey()) })}>
            {t("office.goods.asked_send")}
          </Button>
          {may("stock.declineAsked") ? <DeclineAsked way={first} lines={lines} /> : null}
        </Stack>
      ) : null}
    </Part>
  );
}
