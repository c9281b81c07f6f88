import { Button } from "@mantine/core";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import type { PromotionView } from "@weft/contracts/client";
import { formatDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { inLanguage, plainAmount } from "../common/text.ts";
import { promotionsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { PromotionCodes } from "./codes.tsx";
import { PromotionForm } from "./form.tsx";
import { useNames } from "./names.ts";
import { promotionQuery, promotionsQuery, PROMOTIONS_KEY } from "./queries.ts";
import { ShownPromotions } from "./shown.tsx";
import { summaryOf, type NameOf } from "./summary.ts";

/** What the chain takes off its prices by itself: what, when and for whom, what it has cost, and each tried on a cart. */
export function PromotionsScreen(): ReactElement {
  const { open } = promotionsRoute.useSearch();
  const navigate = promotionsRoute.useNavigate();
  const promotions = useInfiniteQuery(promotionsQuery());
  const may = useMay();
  const nameOf = useNames();
  const close = (): void => void navigate({ search: { open: undefined }, replace: true });
  const show = ({ id }: { readonly id: string }): void => void navigate({ search: { open: id }, replace: true });
  return (
    <Page
      title={t("office.nav.promotions")}
      actions={
        <>
          <Button variant="default" onClick={() => show({ id: "shown" })}>
            {t("office.promotions.shown")}
          </Button>
          {may("promotions.create") ? <Button onClick={() => show({ id: "new" })}>{t("office.promotions.add")}</Button> : null}
        </>
      }
      beside={
        open === undefined ? null : open === "shown" ? (
          <ShownPromotions onClose={close} />
        ) : open === "new" ? (
          <Beside title={t("office.promotions.add")} onClose={close}>
            <PromotionForm onDone={show} />
          </Beside>
        ) : (
          <PromotionBeside key={open} id={open} onClose={close} />
        )
      }
    >
      <PagedTable
        query={promotions}
        label={t("office.nav.promotions")}
        columns={columns(nameOf)}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/promotions", search: { open: id } })}
        openKey={open}
        people={null}
        empty={{ title: t("office.promotions.none"), text: t("office.promotions.none_text") }}
      />
    </Page>
  );
}

function columns(nameOf: NameOf): Column<PromotionView>[] {
  const first = (promotion: PromotionView): string => summaryOf(promotion, nameOf)[0] ?? "";
  return [
    { key: "name", label: t("office.promotions.column.name"), cell: ({ name }) => inLanguage(name), text: ({ name }) => inLanguage(name) },
    { key: "what", label: t("office.promotions.column.what"), isMinor: "on a phone", cell: first, text: first },
    {
      key: "until",
      label: t("office.promotions.valid_to"),
      isMinor: true,
      cell: ({ validTo }) => (validTo === null ? null : formatDate(validTo)),
      text: ({ validTo }) => validTo,
    },
    {
      key: "used",
      label: t("office.promotions.column.used"),
      align: "end",
      cell: ({ used }) => formatNumber(used),
      text: ({ used }) => used,
    },
    {
      key: "given",
      label: t("office.promotions.column.given"),
      align: "end",
      isMinor: true,
      cell: ({ given }) => (given ? <MoneyText money={given} /> : null),
      text: ({ given }) => given && plainAmount(given),
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: (promotion) => <StateBadge state={promotion.state} />,
      text: ({ state }) => t(`office.promotions.state.${state}`),
    },
  ];
}

function StateBadge({ state }: { readonly state: PromotionView["state"] }) {
  const tone = state === "active" ? "good" : state === "used_up" ? "warn" : "plain";
  return <Badge tone={tone}>{t(`office.promotions.state.${state}`)}</Badge>;
}

function PromotionBeside({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const promotion = useQuery(promotionQuery(id));
  const may = useMay();
  const end = useAct(() => api.ask("promotions.end", { params: { id } }), [PROMOTIONS_KEY]);
  if (promotion.isPending || promotion.isError)
    return (
      <Beside title={t("office.nav.promotions")} onClose={onClose}>
        {promotion.isError ? <ProblemNote error={promotion.error} onRetry={promotion.refetch} /> : <ScreenSkeleton />}
      </Beside>
    );
  const { name, version, state } = promotion.data;
  return (
    <Beside title={inLanguage(name)} onClose={onClose}>
      <PromotionForm key={version} promotion={promotion.data} onDone={() => undefined} />
      {may("promotions.addCodes") ? <PromotionCodes id={id} /> : null}
      {may("promotions.end") && state !== "ended" ? (
        <Button variant="default" color="red" loading={end.isPending} onClick={() => end.mutate(undefined)}>
          {t("office.promotions.end")}
        </Button>
      ) : null}
    </Beside>
  );
}
