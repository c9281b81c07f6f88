import { NativeSelect } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { DrawerView } from "@weft/contracts/client";
import { formatList } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { Rename } from "./rename.tsx";

const drawersQuery = queryOptions({ queryKey: ["drawers"], queryFn: ({ signal }) => api.ask("till.drawers", { query: {}, signal }) });

type Register = DrawerView["registers"][number];
/** A register with the drawer that it works on, and those of its place that it could share. */
type Row = { readonly register: Register; readonly drawer: DrawerView; readonly choices: readonly DrawerView[] };

/** Which register works on which drawer: several may share one, which is then counted once. */
export function DrawersPart() {
  const drawers = useQuery(drawersQuery);
  return (
    <Section title={t("office.drawers.title")}>
      <p className={form.quiet}>{t("office.drawers.text")}</p>
      {drawers.isPending ? <Skeleton height="8rem" /> : null}
      {drawers.isError ? <ProblemNote error={drawers.error} onRetry={drawers.refetch} /> : null}
      {drawers.data ? (
        <DataTable
          label={t("office.drawers.title")}
          columns={columns()}
          rows={rowsOf(drawers.data.items)}
          rowKey={({ register }) => register.id}
        />
      ) : null}
    </Section>
  );
}

function rowsOf(drawers: readonly DrawerView[]): Row[] {
  return drawers.flatMap((drawer) =>
    drawer.registers.map((register) => ({
      register,
      drawer,
      choices: drawers.filter((other) => other.placeId === drawer.placeId),
    })),
  );
}

function columns(): Column<Row>[] {
  return [
    {
      key: "register",
      label: t("office.tills.register"),
      cell: ({ register }) => (
        <>
          {register.name} {register.isOpen ? <Badge tone="good">{t("office.tills.is_open")}</Badge> : null}
        </>
      ),
      text: ({ register }) => register.name,
    },
    {
      key: "place",
      label: t("office.orders.place"),
      isMinor: "on a phone",
      cell: ({ drawer }) => drawer.placeName,
      text: ({ drawer }) => drawer.placeName,
    },
    { key: "drawer", label: t("office.drawers.drawer"), cell: (row) => <DrawerChoice {...row} />, text: ({ drawer }) => drawer.name },
    {
      key: "shared",
      label: t("office.drawers.shared"),
      isMinor: true,
      cell: (row) => sharedWith(row),
      text: (row) => sharedWith(row),
    },
    { key: "name", label: t("office.devices.rename"), cell: (row) => <Names {...row} /> },
  ];
}

function sharedWith({ register, drawer }: Row): string {
  return formatList(drawer.registers.filter(({ id }) => id !== register.id).map(({ name }) => name));
}

function DrawerChoice({ register, drawer, choices }: Row) {
  const change = useAct(
    (drawerId: string) => api.ask("till.changeRegister", { params: { id: register.id }, body: { drawerId } }),
    [drawersQuery.queryKey],
  );
  // A register that shares has a drawer of its own all the same, which bears its id and waits.
  const own = choices.some(({ id }) => id === register.id) ? [] : [{ value: register.id, label: t("office.drawers.own") }];
  return (
    <NativeSelect
      aria-label={t("office.drawers.of", { register: register.name })}
      data={[...choices.map(({ id, name }) => ({ value: id, label: name })), ...own]}
      value={drawer.id}
      disabled={change.isPending}
      onChange={({ currentTarget }) =>
        change.act(currentTarget.value, () =>
          showToast(t(register.isOpen ? "office.drawers.from_next_shift" : "office.drawers.changed", { register: register.name })),
        )
      }
    />
  );
}

function Names({ register, drawer }: Row) {
  const registerName = useAct(
    (name: string) => api.ask("till.changeRegister", { params: { id: register.id }, body: { name } }),
    [drawersQuery.queryKey, ["devices"], ["shifts"]],
  );
  const drawerName = useAct(
    (name: string) => api.ask("till.renameDrawer", { params: { id: drawer.id }, body: { name } }),
    [drawersQuery.queryKey],
  );
  return (
    <>
      <Rename label={t("office.tills.register")} name={register.name} isPending={registerName.isPending} onSave={registerName.mutate} />
      <Rename label={t("office.drawers.drawer")} name={drawer.name} isPending={drawerName.isPending} onSave={drawerName.mutate} />
    </>
  );
}
