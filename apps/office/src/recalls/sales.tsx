import { Switch } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { RecalledSaleView } from "@weft/contracts/client";
import { formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { recalledSalesQuery } from "./queries.ts";

type RecalledSalesProps = {
  readonly id: string;
  /** How many buyers could not be told. */
  readonly unreached: number;
};

/** Purchases of what is called back, the newest first: who bought it where, and whether they know. Who does not is phoned, or gets a letter. */
export function RecalledSales({ id, unreached }: RecalledSalesProps) {
  const may = useMay();
  const [isUnreached, setUnreached] = useState(false);
  const isPart = isUnreached && unreached > 0;
  const sales = useInfiniteQuery({ ...recalledSalesQuery(id, isPart), enabled: may("recalls.sales") });
  if (!may("recalls.sales") || (!isPart && sales.data?.pages[0]?.items.length === 0)) return null;
  return (
    <>
      <h3>{t("office.recall.sales")}</h3>
      {unreached > 0 ? (
        <Switch
          label={t("office.recall.unreached", { count: unreached })}
          description={t("office.recall.unreached_hint")}
          checked={isPart}
          onChange={({ currentTarget }) => setUnreached(currentTarget.checked)}
        />
      ) : null}
      <PagedTable
        label={t("office.recall.sales")}
        columns={columns()}
        query={sales}
        rowKey={({ orderId, batch, serial }) => `${orderId} ${batch} ${serial}`}
        empty={{ title: t("office.recall.none_sold") }}
      />
    </>
  );
}

function columns(): Column<RecalledSaleView>[] {
  const whoOf = ({ customer }: RecalledSaleView): string =>
    customer ? (customer.name ?? t("office.customer.unnamed")) : t("office.recall.nobody_known");
  const codeOf = ({ batch, serial }: RecalledSaleView): string => [batch, serial].filter((code) => code !== null).join(" · ");
  const manyOf = ({ quantity, returned, unit }: RecalledSaleView): string =>
    `${formatNumber(quantity - returned)}${unit === "gram" ? " g" : ""}`;
  const toldOf = ({ told }: RecalledSaleView): string => (told ? t(`office.recall.told.${told}`) : "");
  return [
    {
      key: "order",
      label: t("office.orders.number"),
      cell: ({ orderId, orderNumber }) => (
        <Link to="/orders" search={{ open: orderId }}>
          {orderNumber}
        </Link>
      ),
      text: ({ orderNumber }) => orderNumber,
    },
    { key: "at", label: t("office.when"), isMinor: true, cell: ({ at }) => formatDateTime(at), text: ({ at }) => at },
    {
      key: "place",
      label: t("office.orders.place"),
      isMinor: true,
      cell: ({ placeName }) => placeName,
      text: ({ placeName }) => placeName,
    },
    { key: "many", label: t("office.recall.still_out"), align: "end", cell: manyOf, text: manyOf },
    { key: "code", label: t("office.recall.code"), isMinor: "on a phone", cell: codeOf, text: codeOf },
    {
      key: "who",
      label: t("office.orders.customer"),
      cell: (sale) =>
        sale.customer ? (
          <Link to="/customers/$id" params={{ id: sale.customer.id }}>
            {whoOf(sale)}
          </Link>
        ) : (
          whoOf(sale)
        ),
      text: whoOf,
    },
    { key: "told", label: t("office.recall.told"), cell: toldOf, text: toldOf },
  ];
}
