import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@weft/contracts/client";
import { Page } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { DrawersPart } from "./drawers.tsx";
import { EquipmentPart } from "./equipment.tsx";
import { NewScreen } from "./new-screen.tsx";
import { devicesQuery } from "./query.ts";
import { Rename } from "./rename.tsx";

/** Tills and screens that are in use; a new screen by the code that it shows. */
export function DevicesScreen() {
  const devices = useQuery(devicesQuery);
  return (
    <Page title={t("office.nav.devices")}>
      <EquipmentPart />
      <NewScreen />
      {devices.isPending ? <Skeleton height="12rem" /> : null}
      {devices.isError ? <ProblemNote error={devices.error} onRetry={devices.refetch} /> : null}
      {devices.data && devices.data.items.length === 0 ? <p className={form.quiet}>{t("office.devices.none")}</p> : null}
      {devices.data && devices.data.items.length > 0 ? (
        <DataTable
          label={t("office.nav.devices")}
          columns={COLUMNS(devices.dataUpdatedAt)}
          rows={devices.data.items}
          rowKey={({ id }) => id}
        />
      ) : null}
      <DrawersPart />
    </Page>
  );
}

function COLUMNS(askedAt: number): Column<DeviceView>[] {
  const kind = ({ kind: own }: DeviceView): string => t(`office.devices.kind.${own}`);
  return [
    { key: "name", label: t("office.devices.name"), cell: ({ name }) => name, text: ({ name }) => name },
    { key: "kind", label: t("office.devices.kind"), cell: kind, text: kind },
    { key: "place", label: t("office.devices.place"), cell: ({ placeName }) => placeName, text: ({ placeName }) => placeName },
    {
      key: "heard",
      label: t("office.devices.heard"),
      cell: ({ lastSeenAt }) => <Heard at={lastSeenAt} askedAt={askedAt} />,
      text: ({ lastSeenAt }) => lastSeenAt ?? "",
    },
    {
      key: "since",
      label: t("office.devices.since"),
      isMinor: true,
      cell: ({ enrolledAt, enrolledBy }) => (
        <>
          <TimeAgo at={enrolledAt} /> {enrolledBy}
        </>
      ),
      text: ({ enrolledAt }) => enrolledAt,
    },
    { key: "rename", label: t("office.devices.rename"), cell: (device) => <RenameDevice device={device} /> },
    { key: "remove", label: t("office.devices.remove"), cell: (device) => <Remove device={device} /> },
  ];
}

/** A device asks for something every few minutes while it is on. */
const HEARD_WITHIN_MS = 10 * 60_000;

function Heard({ at, askedAt }: { readonly at: string | null; readonly askedAt: number }) {
  if (at === null) return <>{t("office.devices.never_heard")}</>;
  const isOn = askedAt - Date.parse(at) < HEARD_WITHIN_MS;
  return (
    <>
      <Badge tone={isOn ? "good" : "plain"}>{t(isOn ? "office.devices.is_on" : "office.devices.is_off")}</Badge> <TimeAgo at={at} />
    </>
  );
}

function RenameDevice({ device: { id, name } }: { readonly device: DeviceView }) {
  const rename = useAct(
    (next: string) => api.ask("access.renameDevice", { params: { id }, body: { name: next } }),
    [devicesQuery.queryKey],
  );
  return <Rename label={t("office.devices.name")} name={name} isPending={rename.isPending} onSave={rename.mutate} />;
}

/** Asked twice: what is shown in a store goes dark at once, and a till must be enrolled again. */
function Remove({ device: { id, name } }: { readonly device: DeviceView }) {
  const [isAsked, setAsked] = useState(false);
  const remove = useAct(() => api.ask("access.removeDevice", { params: { id } }), [devicesQuery.queryKey]);
  if (!isAsked)
    return (
      <Button variant="default" size="compact-sm" aria-label={t("office.devices.remove_named", { name })} onClick={() => setAsked(true)}>
        {t("office.devices.remove")}
      </Button>
    );
  return (
    <Button color="red" size="compact-sm" loading={remove.isPending} onClick={() => remove.mutate(undefined)}>
      {t("office.devices.remove_now")}
    </Button>
  );
}
