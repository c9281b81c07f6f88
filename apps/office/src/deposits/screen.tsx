import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DepositView } from "@weft/contracts/client";
import { formatList, formatMoney, formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { Beside } from "../common/beside.tsx";
import { DataTable, type Column } from "../common/data-table.tsx";
import { countryName, inLanguage } from "../common/text.ts";
import { depositsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { DepositForm } from "./form.tsx";
import { depositsQuery } from "./queries.ts";

/** Deposits on packaging: what each is in which country, and the goods that carry it. */
export function DepositsScreen(): ReactElement {
  const { open } = depositsRoute.useSearch();
  const navigate = depositsRoute.useNavigate();
  const deposits = useQuery(depositsQuery);
  const may = useMay();
  const show = (code: string | undefined): void => void navigate({ search: { open: code }, replace: true });
  const opened = deposits.data?.find(({ code }) => code === open);
  const isForm = may("deposits.save") && (open === "new" || opened !== undefined);
  return (
    <Page
      title={t("office.nav.deposits")}
      actions={may("deposits.save") ? <Button onClick={() => show("new")}>{t("office.deposits.add")}</Button> : null}
      beside={
        isForm ? (
          <Beside title={opened ? inLanguage(opened.name) : t("office.deposits.add")} onClose={() => show(undefined)}>
            <DepositForm key={opened?.code ?? "new"} deposit={opened} onDone={({ code }) => show(code)} />
          </Beside>
        ) : null
      }
    >
      {deposits.isPending ? (
        <ScreenSkeleton />
      ) : deposits.isError ? (
        <ProblemNote error={deposits.error} onRetry={deposits.refetch} />
      ) : deposits.data.length === 0 ? (
        <EmptyState title={t("office.deposits.none")} text={t("office.deposits.none_text")} />
      ) : (
        <DataTable
          rows={deposits.data}
          label={t("office.nav.deposits")}
          columns={columns()}
          rowKey={({ code }) => code}
          linkOf={({ code }) => ({ to: "/deposits", search: { open: code } })}
          openKey={open}
        />
      )}
    </Page>
  );
}

function columns(): Column<DepositView>[] {
  const amounts = (deposit: DepositView): string =>
    formatList(deposit.amounts.map(({ country, amount }) => `${countryName(country)} ${formatMoney(amount)}`));
  return [
    { key: "name", label: t("office.deposits.name"), cell: ({ name }) => inLanguage(name), text: ({ name }) => inLanguage(name) },
    { key: "amounts", label: t("office.deposits.amounts"), isMinor: "on a phone", cell: amounts, text: amounts },
    {
      key: "goods",
      label: t("office.deposits.goods"),
      align: "end",
      cell: ({ goods }) => formatNumber(goods.length),
      text: ({ goods }) => goods.length,
    },
  ];
}
