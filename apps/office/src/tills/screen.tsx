import { useInfiniteQuery } from "@tanstack/react-query";
import type { ShiftView } from "@weft/contracts/client";
import { formatBusinessDate, formatList, formatMoney, formatNumber, formatTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { usePlace, useOwnPlaceOptions } from "../common/places.ts";
import { tillsRoute } from "../routes.tsx";
import { t } from "../t.ts";

const shiftsQuery = (place: string | undefined) => ({
  ...pagedQuery(["shifts", place ?? "all"], (page, signal) =>
    api.ask("till.shifts", { query: { ...page, limit: PAGE_ROWS, ...(place !== undefined && { placeId: place }) }, signal }),
  ),
  refetchInterval: 30_000,
});

/** The shifts of all registers, the newest first, with what was sold and counted. */
export function TillsScreen(): ReactElement {
  const { place } = tillsRoute.useSearch();
  const navigate = tillsRoute.useNavigate();
  return (
    <Page
      title={t("office.nav.tills")}
      actions={
        <FilterChoice
          label={t("office.orders.place")}
          value={place}
          options={useOwnPlaceOptions()}
          onChange={(next) => void navigate({ search: next === undefined ? {} : { place: next }, replace: true })}
        />
      }
    >
      <PagedTable
        query={useInfiniteQuery(shiftsQuery(place))}
        label={t("office.nav.tills")}
        people={{ list: "shifts" }}
        columns={columns()}
        rowKey={({ id }) => id}
        empty={{ title: t("office.tills.none"), text: t("office.tills.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<ShiftView>[] {
  return [
    {
      key: "register",
      label: t("office.tills.register"),
      cell: ({ registerName }) => registerName,
      text: ({ registerName }) => registerName,
    },
    // The name of a register says its store.
    {
      key: "place",
      label: t("office.orders.place"),
      isMinor: "on a phone",
      cell: ({ placeId }) => <PlaceOf id={placeId} />,
      text: ({ placeId }) => placeId,
    },
    {
      key: "day",
      label: t("office.tills.day"),
      cell: ({ businessDate }) => formatBusinessDate(businessDate),
      text: ({ businessDate }) => businessDate,
    },
    {
      key: "from",
      label: t("office.tills.opened"),
      isMinor: "on a phone",
      cell: (shift) => <Time shift={shift} at={shift.openedAt} />,
      text: ({ openedAt }) => openedAt,
    },
    { key: "by", label: t("office.tills.by"), isMinor: true, cell: ({ openedBy }) => openedBy, text: ({ openedBy }) => openedBy },
    {
      key: "until",
      label: t("office.tills.closed"),
      cell: (shift) =>
        shift.closedAt === null ? <Badge tone="good">{t("office.tills.is_open")}</Badge> : <Time shift={shift} at={shift.closedAt} />,
      text: ({ closedAt }) => closedAt ?? "",
    },
    {
      key: "tickets",
      label: t("office.tills.tickets"),
      align: "end",
      isMinor: true,
      cell: ({ sales }) => formatNumber(sales.count),
      text: ({ sales }) => sales.count,
    },
    {
      key: "total",
      label: t("office.home.sales"),
      align: "end",
      cell: ({ sales }) => <MoneyText money={sales.total} />,
      text: ({ sales }) => formatMoney(sales.total),
    },
    {
      key: "tips",
      label: t("office.tills.tips"),
      align: "end",
      isMinor: true,
      cell: ({ tips }) => (tips.total.amount === 0 ? "" : <MoneyText money={tips.total} />),
      text: ({ tips }) => (tips.total.amount === 0 ? "" : formatMoney(tips.total)),
    },
    { key: "tips_cash", label: t("office.tills.tips_cash"), text: ({ tips }) => (tips.cash.amount === 0 ? "" : formatMoney(tips.cash)) },
    {
      key: "tips_by",
      label: t("office.tills.tips_by"),
      text: ({ tips }) => tips.byStaff.map(({ name, total }) => `${name ?? t("office.tills.nobody")} ${formatMoney(total)}`).join(", "),
    },
    {
      key: "drawer",
      label: t("office.drawers.shared"),
      isMinor: true,
      cell: sharedWith,
      text: sharedWith,
    },
    {
      key: "difference",
      label: t("office.tills.difference"),
      align: "end",
      cell: (shift) => <Difference shift={shift} />,
      text: ({ difference }) => (difference === null ? "" : formatMoney(difference)),
    },
  ];
}

/** The other registers of the same drawer: its count is told once, where it was counted last. */
function sharedWith({ id, drawer }: ShiftView): string {
  return formatList(drawer.registers.filter(({ shiftId }) => shiftId !== id).map(({ registerName }) => registerName));
}

function Difference({ shift: { difference, drawer } }: { readonly shift: ShiftView }) {
  const isLeft = drawer.registers.every(({ closedAt, isCounted }) => closedAt !== null && !isCounted);
  if (difference === null) return isLeft ? <Badge tone="warn">{t("office.drawers.uncounted")}</Badge> : null;
  return difference.amount === 0 ? <MoneyText money={difference} /> : <Badge tone="warn">{formatMoney(difference)}</Badge>;
}

function PlaceOf({ id }: { readonly id: string }) {
  return <>{usePlace(id)?.name ?? ""}</>;
}

/** The time on the wall of the till's place. */
function Time({ shift, at }: { readonly shift: ShiftView; readonly at: string }) {
  return <time dateTime={at}>{formatTime(at, { timeZone: usePlace(shift.placeId)?.timeZone })}</time>;
}
