import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DeliveryMethodView } from "@weft/contracts/client";
import { formatList, formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { MoneyText } from "@weft/ui/kit/money-text.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import type { ReactElement } from "react";
import { DataTable, type Column } from "../common/data-table.tsx";
import { placesQuery } from "../common/places.ts";
import { countryName, inLanguage } from "../common/text.ts";
import { deliveryMethodsRoute } from "../routes.tsx";
import { t } from "../t.ts";
import { MethodForm } from "./method-form.tsx";
import { methodsQuery } from "./queries.ts";

/** How each company of the chain ships: where to, for how much, how fast. */
export function DeliveryMethodsScreen(): ReactElement {
  const { open } = deliveryMethodsRoute.useSearch();
  const navigate = deliveryMethodsRoute.useNavigate();
  const methods = useQuery(methodsQuery);
  const entities = useQuery(placesQuery).data?.entities ?? [];
  const set = (next: string | undefined): void => void navigate({ search: next === undefined ? {} : { open: next }, replace: true });
  const opened = methods.data?.find(({ id }) => id === open);
  const isForm = open === "new" ? entities.length > 0 : opened !== undefined;
  return (
    <Page
      title={t("office.nav.delivery_methods")}
      actions={
        <Button size="xs" onClick={() => set("new")}>
          {t("office.methods.add")}
        </Button>
      }
      beside={isForm ? <MethodForm key={open} method={opened} entities={entities} onClose={() => set(undefined)} /> : null}
    >
      {methods.isPending ? <ScreenSkeleton /> : null}
      {methods.isError ? <ProblemNote error={methods.error} onRetry={methods.refetch} /> : null}
      {methods.data?.length === 0 ? <EmptyState title={t("office.methods.none")} text={t("office.methods.none_text")} /> : null}
      {methods.data && methods.data.length > 0 ? (
        <DataTable
          label={t("office.nav.delivery_methods")}
          columns={columns((id) => entities.find((entity) => entity.id === id)?.name ?? "")}
          rows={methods.data}
          rowKey={({ id }) => id}
          linkOf={({ id }) => ({ to: "/delivery-methods", search: { open: id } })}
          openKey={open}
        />
      ) : null}
    </Page>
  );
}

function columns(entityName: (id: string) => string): Column<DeliveryMethodView>[] {
  return [
    {
      key: "name",
      label: t("office.methods.name"),
      cell: ({ name, active }) => (
        <>
          {inLanguage(name)} {active ? null : <Badge tone="plain">{t("office.methods.ended")}</Badge>}
        </>
      ),
    },
    { key: "entity", label: t("office.methods.entity"), isMinor: true, cell: ({ entityId }) => entityName(entityId) },
    {
      key: "countries",
      label: t("office.methods.countries"),
      isMinor: "on a phone",
      cell: ({ countries }) => formatList(countries.map(countryName)),
    },
    { key: "days", label: t("office.methods.days"), align: "end", cell: ({ leadDays }) => formatNumber(leadDays) },
    { key: "price", label: t("office.methods.price"), align: "end", cell: ({ price }) => <MoneyText money={price} /> },
    {
      key: "free",
      label: t("office.methods.free_from"),
      align: "end",
      cell: ({ freeFrom }) => (freeFrom ? <MoneyText money={freeFrom} /> : null),
    },
  ];
}
