import { Button } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { ImportRunView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { useState, type ReactElement } from "react";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { importsQuery } from "./queries.ts";
import { StateBadge } from "./state-badge.tsx";
import { UploadDialog } from "./upload-dialog.tsx";

/** Files that were given to be imported, and what came of each. */
export function ImportsScreen(): ReactElement {
  const imports = useInfiniteQuery(importsQuery);
  const may = useMay();
  const [isGiving, setGiving] = useState(false);
  return (
    <Page
      title={t("office.nav.imports")}
      actions={may("imports.upload") ? <Button onClick={() => setGiving(true)}>{t("office.import.give")}</Button> : null}
    >
      <PagedTable
        query={imports}
        label={t("office.nav.imports")}
        people={null}
        columns={columns()}
        rowKey={({ id }) => id}
        linkOf={({ id }) => ({ to: "/imports/$id", params: { id } })}
        empty={{ title: t("office.import.none"), text: t("office.import.none_text") }}
      />
      <UploadDialog isOpen={isGiving} onClose={() => setGiving(false)} />
    </Page>
  );
}

function columns(): Column<ImportRunView>[] {
  const kind = ({ kind: one }: ImportRunView): string => t(`office.import.kind.${one}`);
  return [
    { key: "file", label: t("office.import.file"), cell: ({ fileName }) => fileName, text: ({ fileName }) => fileName },
    { key: "kind", label: t("office.import.what"), cell: kind, text: kind },
    {
      key: "channel",
      label: t("office.orders.channel"),
      isMinor: true,
      cell: ({ channelName }) => channelName,
      text: ({ channelName }) => channelName,
    },
    { key: "state", label: t("office.orders.state"), cell: ({ state }) => <StateBadge state={state} />, text: ({ state }) => state },
    { key: "lines", label: t("office.import.lines"), align: "end", cell: ({ lines }) => formatNumber(lines), text: ({ lines }) => lines },
    {
      key: "refused",
      label: t("office.import.refused"),
      align: "end",
      isMinor: true,
      cell: ({ refused }) => formatNumber(refused),
      text: ({ refused }) => refused,
    },
    {
      key: "at",
      label: t("office.when"),
      isMinor: true,
      cell: ({ uploadedAt }) => <TimeAgo at={uploadedAt} />,
      text: ({ uploadedAt }) => uploadedAt,
    },
  ];
}
