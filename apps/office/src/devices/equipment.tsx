import { useQuery } from "@tanstack/react-query";
import type { EquipmentView } from "@weft/contracts/client";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { DataTable, type Column } from "../common/data-table.tsx";
import form from "../common/form.module.css";
import { usePlace } from "../common/places.ts";
import { t } from "../t.ts";
import { equipmentQuery, kindOf, troubleOf } from "./query.ts";
import { TestPage, testWords } from "./test-page.tsx";

/** What hangs at the tills, as they say: what does not work stands first, with since when. */
export function EquipmentPart() {
  const equipment = useQuery(equipmentQuery);
  return (
    <Section title={t("office.devices.equipment")}>
      {equipment.isPending ? <Skeleton height="8rem" /> : null}
      {equipment.isError ? <ProblemNote error={equipment.error} onRetry={equipment.refetch} /> : null}
      {equipment.data && equipment.data.items.length === 0 ? <p className={form.quiet}>{t("office.devices.no_equipment")}</p> : null}
      {equipment.data && equipment.data.items.length > 0 ? (
        <DataTable
          label={t("office.devices.equipment")}
          columns={columns()}
          rows={equipment.data.items}
          rowKey={({ registerId, kind }) => `${registerId} ${kind}`}
        />
      ) : null}
    </Section>
  );
}

const stateOf = ({ problem }: EquipmentView): string => (problem === null ? t("office.devices.works") : troubleOf(problem));

function columns(): Column<EquipmentView>[] {
  return [
    { key: "device", label: t("office.devices.device"), cell: kindOf, text: kindOf },
    {
      key: "state",
      label: t("office.devices.state"),
      cell: (own) => (
        <>
          <Badge tone={own.problem === null ? "good" : "warn"}>{stateOf(own)}</Badge>{" "}
          {own.problem === null ? null : <TimeAgo at={own.since} />}
        </>
      ),
      text: stateOf,
    },
    {
      key: "till",
      label: t("office.tills.register"),
      cell: ({ registerName }) => registerName,
      text: ({ registerName }) => registerName,
    },
    {
      key: "test",
      label: t("office.devices.test"),
      cell: (own) => (own.kind === "printer" ? <TestPage of={own} /> : null),
      text: ({ test }) => (test === null ? null : testWords(test)),
    },
    {
      key: "place",
      label: t("office.orders.place"),
      isMinor: "on a phone",
      cell: ({ placeId }) => <PlaceOf id={placeId} />,
      text: ({ placeId }) => placeId,
    },
    {
      key: "way",
      label: t("office.devices.way"),
      isMinor: true,
      cell: ({ way }) => t(`office.devices.way.${way}`),
      text: ({ way }) => t(`office.devices.way.${way}`),
    },
    {
      key: "heard",
      label: t("office.devices.heard"),
      isMinor: "on a phone",
      cell: ({ reportedAt }) => <TimeAgo at={reportedAt} />,
      text: ({ reportedAt }) => reportedAt,
    },
  ];
}

function PlaceOf({ id }: { readonly id: string }) {
  return <>{usePlace(id)?.name ?? ""}</>;
}
