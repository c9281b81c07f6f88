import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { PriceListView } from "@weft/contracts/client";
import { formatDate, formatList, formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { Beside } from "../common/beside.tsx";
import { DataTable, type Column } from "../common/data-table.tsx";
import { useNames } from "../promotions/names.ts";
import type { NameOf } from "../promotions/summary.ts";
import { priceListsRoute } from "../routes.tsx";
import { customerGroupName } from "../promotions/customer-groups.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PriceListForm } from "./form.tsx";
import { Prices } from "./prices.tsx";
import { priceListsQuery } from "./queries.ts";

/** What things cost where and for whom: the lists, and the prices on each. */
export function PriceListsScreen(): ReactElement {
  const { open } = priceListsRoute.useSearch();
  const navigate = priceListsRoute.useNavigate();
  const lists = useQuery(priceListsQuery);
  const may = useMay();
  const nameOf = useNames();
  const show = (id: string | undefined): void => void navigate({ search: { open: id }, replace: true });
  const list = lists.data?.items.find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.price_lists")}
      actions={may("prices.createList") ? <Button onClick={() => show("new")}>{t("office.price_lists.add")}</Button> : null}
      beside={
        open === "new" ? (
          <Beside title={t("office.price_lists.add")} onClose={() => show(undefined)}>
            <PriceListForm onDone={({ id }) => show(id)} />
          </Beside>
        ) : list ? (
          <Beside key={list.id} title={list.name} onClose={() => show(undefined)}>
            {may("prices.updateList") ? <PriceListForm key={JSON.stringify(list)} list={list} onDone={() => undefined} /> : null}
            <Prices list={list} />
          </Beside>
        ) : null
      }
    >
      {lists.isPending ? (
        <ScreenSkeleton />
      ) : lists.isError ? (
        <ProblemNote error={lists.error} onRetry={lists.refetch} />
      ) : (
        <DataTable
          rows={lists.data.items}
          label={t("office.nav.price_lists")}
          columns={columns(nameOf)}
          rowKey={({ id }) => id}
          linkOf={({ id }) => ({ to: "/price-lists", search: { open: id } })}
          openKey={open}
        />
      )}
    </Page>
  );
}

/** More places than these are counted: a list of all of them says less. */
const FEW = 4;

function columns(nameOf: NameOf): Column<PriceListView>[] {
  const scope = ({ placeIds, groupIds, channelIds, customerGroups }: PriceListView): string => {
    const places = [...placeIds, ...groupIds];
    const parts = [
      places.length > FEW ? t("office.price_lists.places", { count: places.length }) : formatList(places.map(nameOf)),
      formatList(channelIds.map(nameOf)),
      customerGroups.length === 0
        ? ""
        : t("office.promotions.say.groups", { names: formatList(customerGroups.map((group) => customerGroupName(group))) }),
    ].filter(Boolean);
    return parts.length === 0 ? t("office.price_lists.everywhere") : parts.join(" · ");
  };
  return [
    { key: "name", label: t("office.price_lists.name"), cell: ({ name }) => name, text: ({ name }) => name },
    { key: "scope", label: t("office.price_lists.scope"), isMinor: "on a phone", cell: scope, text: scope },
    {
      key: "currency",
      label: t("office.price_lists.currency"),
      isMinor: true,
      cell: ({ currency }) => currency,
      text: ({ currency }) => currency,
    },
    {
      key: "until",
      label: t("office.promotions.valid_to"),
      isMinor: true,
      cell: ({ validTo }) => (validTo === null ? null : formatDate(validTo)),
      text: ({ validTo }) => validTo,
    },
    {
      key: "prices",
      label: t("office.price_lists.prices"),
      align: "end",
      cell: ({ prices }) => formatNumber(prices),
      text: ({ prices }) => prices,
    },
  ];
}
