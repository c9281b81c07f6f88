import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { RecallView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import type { ReactElement } from "react";
import { Beside } from "../common/beside.tsx";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { inLanguage } from "../common/text.ts";
import { recallsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { codesText } from "./codes-text.ts";
import { RecallForm } from "./form.tsx";
import { recallsQuery } from "./queries.ts";
import { RecallBeside } from "./recall-beside.tsx";

/** What is called back: which goods, since when, and beside it who bought them and who knows. */
export function RecallsScreen(): ReactElement {
  const { open } = recallsRoute.useSearch();
  const navigate = recallsRoute.useNavigate();
  const recalls = useInfiniteQuery(recallsQuery);
  const may = useMay();
  const show = (id: string | undefined): void => void navigate({ search: { open: id }, replace: true });
  const isForm = open === "new" && may("recalls.announce");
  return (
    <Page
      title={t("office.nav.recalls")}
      actions={may("recalls.announce") ? <Button onClick={() => show("new")}>{t("office.recall.add")}</Button> : null}
      beside={
        isForm ? (
          <Beside title={t("office.recall.add")} onClose={() => show(undefined)}>
            <RecallForm onDone={({ id }) => show(id)} />
          </Beside>
        ) : open !== undefined && open !== "new" ? (
          <RecallBeside key={open} id={open} onClose={() => show(undefined)} />
        ) : null
      }
    >
      <PagedTable
        label={t("office.nav.recalls")}
        columns={columns()}
        query={recalls}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/recalls", search: { open: id } })}
        openKey={open}
        empty={{ title: t("office.recall.none"), text: t("office.recall.none_text") }}
      />
    </Page>
  );
}

function columns(): Column<RecallView>[] {
  return [
    { key: "name", label: t("office.recall.goods"), cell: ({ name }) => inLanguage(name), text: ({ name }) => inLanguage(name) },
    { key: "codes", label: t("office.recall.which"), isMinor: "on a phone", cell: codesText, text: codesText },
    {
      key: "state",
      label: t("office.recall.state"),
      cell: ({ liftedAt }) => (
        <Badge tone={liftedAt === null ? "bad" : "good"}>{t(liftedAt === null ? "office.recall.stands" : "office.recall.lifted")}</Badge>
      ),
      text: ({ liftedAt }) => (liftedAt === null ? "standing" : "lifted"),
    },
    {
      key: "at",
      label: t("office.recall.since"),
      isMinor: true,
      cell: ({ announcedAt }) => formatDateTime(announcedAt),
      text: ({ announcedAt }) => announcedAt,
    },
  ];
}
