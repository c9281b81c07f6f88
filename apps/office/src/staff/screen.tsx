import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { StaffMemberView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterText } from "../common/filter-text.tsx";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { usePlace } from "../common/places.ts";
import { staffRoute } from "../routes.tsx";
import type { readStaffSearch } from "../searches.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { StaffBeside } from "./staff-beside.tsx";

type Search = ReturnType<typeof readStaffSearch>;

/** What stands in the address while a new member of staff is made. */
const NEW = "new";

const staffQuery = (query: string | undefined) =>
  pagedQuery(["staff", query], (page, signal) =>
    api.ask("access.listStaff", { query: { ...page, ...(query !== undefined && { query }), limit: PAGE_ROWS }, signal }),
  );

/** Who works here, what they may do and where. */
export function StaffScreen(): ReactElement {
  const { query, open } = staffRoute.useSearch();
  const navigate = staffRoute.useNavigate();
  const may = useMay();
  const staff = useInfiniteQuery(staffQuery(query));
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const setQuery = useCallback((next: string | undefined) => set({ query: next }), [set]);
  const member = staff.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  const close = (): void => set({ open: undefined });
  return (
    <Page
      title={t("office.nav.staff")}
      actions={
        <>
          <FilterText label={t("office.staff.find")} value={query} onChange={setQuery} />
          {may("access.createStaff") ? <Button onClick={() => set({ open: NEW })}>{t("office.staff.add")}</Button> : null}
        </>
      }
      beside={
        open === NEW ? (
          <StaffBeside key={NEW} onClose={close} />
        ) : member ? (
          <StaffBeside key={member.id} member={member} onClose={close} />
        ) : null
      }
    >
      <PagedTable
        query={staff}
        label={t("office.nav.staff")}
        people={{ list: "staff" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/staff", search: { query, open: id } })}
        openKey={open}
        empty={{ title: t("office.staff.none") }}
      />
    </Page>
  );
}

function columns(): Column<StaffMemberView>[] {
  const roles = ({ roles: own }: StaffMemberView): string => own.map((role) => t(`office.role.${role}`)).join(", ");
  return [
    { key: "name", label: t("office.customers.name"), cell: ({ name }) => name, text: ({ name }) => name },
    { key: "roles", label: t("office.staff.roles"), cell: roles, text: roles },
    { key: "places", label: t("office.staff.places"), isMinor: true, cell: ({ placeIds }) => <Places ids={placeIds} /> },
    { key: "email", label: t("office.sign_in.email"), isMinor: true, cell: ({ email }) => email, text: ({ email }) => email },
    {
      key: "seen",
      label: t("office.customer.seen"),
      isMinor: true,
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? "–" : <TimeAgo at={lastSeenAt} />),
      text: ({ lastSeenAt }) => lastSeenAt,
    },
    {
      key: "state",
      label: t("office.orders.state"),
      cell: ({ state }) => <Badge tone={state === "active" ? "good" : "bad"}>{t(`office.staff.state.${state}`)}</Badge>,
      text: ({ state }) => t(`office.staff.state.${state}`),
    },
  ];
}

function Places({ ids }: { readonly ids: readonly string[] }) {
  const first = usePlace(ids[0]);
  if (ids.length === 0) return <>{t("office.staff.everywhere")}</>;
  return <>{ids.length > 1 ? t("office.staff.places_say", { first: first?.name ?? "", count: ids.length - 1 }) : (first?.name ?? "")}</>;
}
