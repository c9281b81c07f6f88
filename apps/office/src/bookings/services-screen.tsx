import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { AdviserView, ServiceView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { useState, type ReactElement } from "react";
import { DataTable, TableSkeleton, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import { useOwnPlaceOptions } from "../common/places.ts";
import { inLanguage } from "../common/text.ts";
import { servicesRoute } from "../routes.tsx";
import type { readServicesSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { AdviserForm } from "./adviser-form.tsx";
import { advisersQuery, servicesQuery } from "./queries.ts";
import { ServiceForm } from "./service-form.tsx";

type Search = ReturnType<typeof readServicesSearch>;

/** What can be booked, and who gives it when at a store. */
export function ServicesScreen(): ReactElement {
  const { place, open, adviser } = servicesRoute.useSearch();
  const navigate = servicesRoute.useNavigate();
  const may = useMay();
  const [adding, setAdding] = useState<"service" | "adviser" | null>(null);
  const places = useOwnPlaceOptions();
  const services = useQuery(servicesQuery);
  const placeId =
    place ?? places.find(({ value }) => services.data?.some(({ placeIds }) => placeIds.includes(value)))?.value ?? places[0]?.value;
  const advisers = useQuery({ ...advisersQuery(placeId ?? ""), enabled: placeId !== undefined });
  const set = (change: Partial<Search>): void => {
    setAdding(null);
    void navigate({ search: (old: Search) => ({ ...old, open: undefined, adviser: undefined, ...change }), replace: true });
  };
  const opened = services.data?.find(({ id }) => id === open);
  const who = advisers.data?.find(({ staffId }) => staffId === adviser);
  const beside =
    (opened ?? adding === "service") ? (
      <ServiceForm key={opened?.id ?? "new"} service={adding === "service" ? undefined : opened} onClose={() => set({})} />
    ) : placeId !== undefined && (who ?? adding === "adviser") ? (
      <AdviserForm key={who?.staffId ?? "new"} placeId={placeId} adviser={adding === "adviser" ? undefined : who} onClose={() => set({})} />
    ) : null;
  return (
    <Page
      title={t("office.nav.services")}
      actions={may("services.create") ? <Button onClick={() => setAdding("service")}>{t("office.services.add")}</Button> : null}
      beside={beside}
    >
      <p>{t("office.services.free")}</p>
      {services.isPending ? <TableSkeleton /> : null}
      {services.isError ? <ProblemNote error={services.error} onRetry={services.refetch} /> : null}
      {services.data?.length === 0 ? <EmptyState title={t("office.services.none")} text={t("office.services.none_text")} /> : null}
      {services.data && services.data.length > 0 ? (
        <DataTable
          label={t("office.nav.services")}
          columns={serviceColumns()}
          rows={services.data}
          rowKey={({ id }) => id}
          linkOf={({ id }) => ({ to: "/services", search: { place, open: id } })}
          openKey={open}
        />
      ) : null}
      <Section title={t("office.services.advisers")}>
        <FilterChoice label={t("office.orders.place")} value={placeId} options={places} onChange={(next) => set({ place: next })} />
        {advisers.isError ? <ProblemNote error={advisers.error} onRetry={advisers.refetch} /> : null}
        {advisers.data?.length === 0 ? <p>{t("office.services.no_advisers")}</p> : null}
        {advisers.data && advisers.data.length > 0 ? (
          <DataTable
            label={t("office.services.advisers")}
            columns={adviserColumns()}
            rows={advisers.data}
            rowKey={({ staffId }) => staffId}
            linkOf={({ staffId }) => ({ to: "/services", search: { place: placeId, adviser: staffId } })}
            openKey={adviser}
          />
        ) : null}
        {may("advisers.set") && placeId !== undefined ? (
          <Button variant="default" onClick={() => setAdding("adviser")}>
            {t("office.services.add_adviser")}
          </Button>
        ) : null}
      </Section>
    </Page>
  );
}

function serviceColumns(): Column<ServiceView>[] {
  return [
    { key: "name", label: t("office.bookings.service"), cell: ({ name }) => inLanguage(name), text: ({ name }) => name.en },
    {
      key: "minutes",
      label: t("office.services.minutes"),
      align: "end",
      cell: ({ minutes }) => formatNumber(minutes),
      text: ({ minutes }) => minutes,
    },
    {
      key: "sku",
      label: t("office.services.sold_as"),
      cell: ({ sku }) => sku ?? t("office.services.costs_nothing"),
      text: ({ sku }) => sku ?? "",
    },
    { key: "seats", label: t("office.services.seats"), align: "end", cell: ({ seats }) => formatNumber(seats), text: ({ seats }) => seats },
    { key: "skill", label: t("office.services.skill"), isMinor: true, cell: ({ skill }) => skill, text: ({ skill }) => skill },
    {
      key: "stores",
      label: t("office.services.stores"),
      align: "end",
      isMinor: true,
      cell: ({ placeIds }) => formatNumber(placeIds.length),
      text: ({ placeIds }) => placeIds.length,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ isActive }) => (
        <Badge tone={isActive ? "good" : "plain"}>{t(isActive ? "office.services.on" : "office.services.off")}</Badge>
      ),
      text: ({ isActive }) => (isActive ? "on" : "off"),
    },
  ];
}

function adviserColumns(): Column<AdviserView>[] {
  return [
    { key: "name", label: t("office.services.adviser"), cell: ({ name }) => name, text: ({ name }) => name },
    { key: "skills", label: t("office.services.skills"), cell: ({ skills }) => skills.join(", "), text: ({ skills }) => skills.join(", ") },
    { key: "hours", label: t("office.services.hours"), isMinor: true, cell: ({ hours }) => hours, text: ({ hours }) => hours },
  ];
}
