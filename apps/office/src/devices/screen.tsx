import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { DeviceView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { Page, Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState, type FormEvent } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { useOwnPlaceOptions } from "../common/places.ts";
import { t } from "../t.ts";
import { devicesQuery } from "./query.ts";

/** Tills and screens that are in use; a new screen by the code that it shows. */
export function DevicesScreen() {
  const devices = useQuery(devicesQuery);
  return (
    <Page title={t("office.nav.devices")}>
      <NewScreen />
      {devices.isPending ? <Skeleton height="12rem" /> : null}
      {devices.isError ? <ProblemNote error={devices.error} onRetry={devices.refetch} /> : null}
      {devices.data && devices.data.items.length === 0 ? <p className={form.quiet}>{t("office.devices.none")}</p> : null}
      {devices.data && devices.data.items.length > 0 ? (
        <DataTable label={t("office.nav.devices")} columns={COLUMNS()} rows={devices.data.items} rowKey={({ id }) => id} />
      ) : null}
    </Page>
  );
}

/** The code stands on the screen; where it hangs is said here. */
function NewScreen() {
  const own = useOwnPlaceOptions();
  const [code, setCode] = useState("");
  const [placeId, setPlaceId] = useState("");
  const [name, setName] = useState(t("office.devices.default_name"));
  const chosen = placeId === "" ? (own[0]?.value ?? "") : placeId;
  const confirm = useAct(
    () => api.ask("access.confirmEnrollment", { params: { code: code.trim() }, body: { placeId: chosen, name } }),
    [devicesQuery.queryKey],
  );
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    confirm.act(
      undefined,
      ({ placeName }) => showToast(t("office.devices.hangs", { place: placeName })),
      () => setCode(""),
    );
  };
  return (
    <Section title={t("office.devices.new")}>
      <form className={form.form} style={{ maxWidth: "26rem" }} onSubmit={submit} aria-label={t("office.devices.new")}>
        <TextInput
          label={t("office.devices.code")}
          description={t("office.devices.code_hint")}
          required
          autoComplete="off"
          autoCapitalize="characters"
          minLength={6}
          maxLength={20}
          value={code}
          onChange={({ currentTarget }) => setCode(currentTarget.value)}
        />
        <NativeSelect
          label={t("office.devices.place")}
          data={own}
          value={chosen}
          onChange={({ currentTarget }) => setPlaceId(currentTarget.value)}
        />
        <TextInput
          label={t("office.devices.name")}
          required
          maxLength={80}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <p role="alert" className={form.error}>
          {confirm.error ? problemText(confirm.error) : null}
        </p>
        <Button type="submit" loading={confirm.isPending}>
          {t("office.devices.confirm")}
        </Button>
      </form>
    </Section>
  );
}

function COLUMNS(): Column<DeviceView>[] {
  const kind = ({ kind: own }: DeviceView): string => t(`office.devices.kind.${own}`);
  return [
    { key: "name", label: t("office.devices.name"), cell: ({ name }) => name, text: ({ name }) => name },
    { key: "kind", label: t("office.devices.kind"), cell: kind, text: kind },
    { key: "place", label: t("office.devices.place"), cell: ({ placeName }) => placeName, text: ({ placeName }) => placeName },
    {
      key: "heard",
      label: t("office.devices.heard"),
      cell: ({ lastSeenAt }) => (lastSeenAt === null ? t("office.devices.never_heard") : <TimeAgo at={lastSeenAt} />),
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
    { key: "remove", label: t("office.devices.remove"), cell: (device) => <Remove device={device} /> },
  ];
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
