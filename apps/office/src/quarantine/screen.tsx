import { useInfiniteQuery } from "@tanstack/react-query";
import type { QuarantinedItemView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { useCallback, type ReactElement } from "react";
import { api } from "../api.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import form from "../common/form.module.css";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { wordOf } from "../common/text.ts";
import { quarantineRoute } from "../routes.tsx";
import { WAITING_STATES, type readWaitingSearch } from "../searches.ts";
import { t } from "../t.ts";
import { detailText, ItemBeside } from "./item-beside.tsx";

type Search = ReturnType<typeof readWaitingSearch>;

const itemsQuery = (state: QuarantinedItemView["state"], kind: string | undefined) =>
  pagedQuery(["quarantine", "list", state, kind], (page, signal) =>
    api.ask("quarantine.list", { query: { ...page, state, ...(kind !== undefined && { kind }), limit: PAGE_ROWS }, signal }),
  );

/** Where things wait that could not be understood. */
const KINDS = ["intake", "till.command", "import.file_line", "import.order_line"] as const;

/** What came in and could not be understood: with its reason, to be mended and processed again. */
export function QuarantineScreen(): ReactElement {
  const { open, state = "waiting", kind } = quarantineRoute.useSearch();
  const navigate = quarantineRoute.useNavigate();
  const items = useInfiniteQuery(itemsQuery(state, kind));
  const set = useCallback(
    (change: Partial<Search>) => void navigate({ search: (old: Search) => ({ ...old, ...change }), replace: true }),
    [navigate],
  );
  const item = items.data?.pages.flatMap((page) => page.items).find(({ id }) => id === open);
  return (
    <Page
      title={t("office.nav.quarantine")}
      actions={
        <>
          <FilterChoice
            label={t("office.quarantine.kind")}
            value={kind}
            options={KINDS.map((each) => ({ value: each, label: t(`office.quarantine.kind.${each}`) }))}
            onChange={(next) => set({ kind: next, open: undefined })}
          />
          <FilterChoice
            label={t("office.orders.state")}
            value={state}
            options={WAITING_STATES.map((each) => ({ value: each, label: t(`office.waiting.${each}`) }))}
            onChange={(next) => set({ state: next, open: undefined })}
          />
        </>
      }
      beside={item ? <ItemBeside key={item.id} item={item} onClose={() => set({ open: undefined })} /> : null}
    >
      <p className={form.quiet}>{t("office.quarantine.intro")}</p>
      <PagedTable
        query={items}
        label={t("office.nav.quarantine")}
        people={{ list: "quarantine" }}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/quarantine", search: { state, kind, open: id } })}
        openKey={open}
        empty={
          state === "waiting" && kind === undefined
            ? { title: t("office.quarantine.none"), text: t("office.quarantine.none_text") }
            : { title: t("office.failed.none_other") }
        }
      />
    </Page>
  );
}

function columns(): Column<QuarantinedItemView>[] {
  const reason = ({ reason: code }: QuarantinedItemView): string => wordOf(`office.quarantine.reason.${code}`, code);
  return [
    { key: "reason", label: t("office.quarantine.why"), cell: reason, text: reason },
    { key: "detail", label: t("office.customer.details"), isMinor: true, cell: detailText, text: ({ detail }) => detail },
    {
      key: "kind",
      label: t("office.quarantine.kind"),
      cell: ({ kind }) => <Badge>{wordOf(`office.quarantine.kind.${kind}`, kind)}</Badge>,
      text: ({ kind }) => kind,
    },
    { key: "at", label: t("office.when"), cell: ({ at }) => <TimeAgo at={at} />, text: ({ at }) => at },
  ];
}
