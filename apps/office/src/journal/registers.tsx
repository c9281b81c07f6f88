import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { JournalRegisterView } from "@weft/contracts/client";
import { formatBusinessDate, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { TimeAgo } from "@weft/ui/kit/time-ago.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DataTable, type Column } from "../common/data-table.tsx";
import { wordOf } from "../common/text.ts";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { Checks } from "./checks.tsx";
import { registersQuery } from "./queries.ts";

/** Every register with where its journal stands, and what of it was verified. */
export function Registers({ place }: { readonly place: string | undefined }) {
  const { data, isPending, error, refetch } = useQuery(registersQuery(place));
  if (isPending) return <ScreenSkeleton />;
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  if (data.items.length === 0) return <EmptyState title={t("office.journal.no_registers")} text={t("office.journal.no_registers_text")} />;
  return (
    <>
      <Section title={t("office.journal.checks")} actions={<VerifyAll />}>
        <Checks registers={data.items} />
      </Section>
      <DataTable
        label={t("office.journal.registers")}
        columns={columns()}
        rows={data.items}
        rowKey={({ id }) => id}
        linkOf={({ id, placeId }) => ({ to: "/journal", search: { view: "entries", place: placeId, register: id } })}
      />
    </>
  );
}

function VerifyAll() {
  const may = useMay();
  const verify = useAct(() => api.ask("journal.check", { body: {} }), [["journal", "checks"]]);
  if (!may("journal.check")) return null;
  return (
    <Button size="xs" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
      {t("office.journal.verify_all")}
    </Button>
  );
}

function VerifyOne({ registerId }: { readonly registerId: string }) {
  const may = useMay();
  const verify = useAct(() => api.ask("journal.check", { body: { registerId } }), [["journal", "checks"]]);
  if (!may("journal.check")) return null;
  return (
    <Button size="compact-xs" variant="default" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
      {t("office.journal.verify")}
    </Button>
  );
}

function columns(): Column<JournalRegisterView>[] {
  return [
    { key: "register", label: t("office.tills.register"), cell: ({ name }) => name, text: ({ name }) => name },
    { key: "place", label: t("office.orders.place"), cell: ({ placeName }) => placeName, text: ({ placeName }) => placeName },
    { key: "kept", label: t("office.journal.kept"), cell: (register) => <Kept register={register} />, text: ({ keyId }) => keyId ?? "" },
    {
      key: "heads",
      label: t("office.journal.last"),
      isMinor: true,
      cell: ({ heads }) => heads.map(({ chain, seq }) => `${chain} ${seq}`).join(", "),
      text: ({ heads }) => heads.map(({ chain, seq }) => `${chain} ${seq}`).join(", "),
    },
    {
      key: "closing",
      label: t("office.journal.last_closing"),
      isMinor: true,
      cell: ({ lastClosing }) =>
        lastClosing === null
          ? "–"
          : `${wordOf(`office.journal.closing.${lastClosing.kind}`, lastClosing.kind)} ${formatBusinessDate(lastClosing.businessDate)}`,
      text: ({ lastClosing }) => lastClosing?.businessDate ?? null,
    },
    {
      key: "received",
      label: t("office.journal.last_received"),
      isMinor: "on a phone",
      cell: ({ lastReceivedAt }) => (lastReceivedAt === null ? "–" : <TimeAgo at={lastReceivedAt} />),
      text: ({ lastReceivedAt }) => lastReceivedAt,
    },
    {
      key: "manifest",
      label: t("office.journal.counted"),
      isMinor: true,
      cell: ({ lastManifest }) =>
        lastManifest === null ? (
          "–"
        ) : (
          <>
            {t("office.journal.counted_to", { seq: formatNumber(lastManifest.toSeq) })} <TimeAgo at={lastManifest.at} />
          </>
        ),
      text: ({ lastManifest }) => lastManifest?.toSeq ?? null,
    },
    { key: "verify", label: "", cell: ({ id }) => <VerifyOne registerId={id} /> },
  ];
}

function Kept({ register: { keyId, defects, training, heads } }: { readonly register: JournalRegisterView }) {
  if (heads.length === 0 && keyId === null) return <>–</>;
  if (defects > 0) return <Badge tone="bad">{t("office.journal.defects", { count: defects })}</Badge>;
  return (
    <>
      <Badge tone={keyId === null ? "plain" : "good"}>{t(keyId === null ? "office.journal.hashed" : "office.journal.signed")}</Badge>{" "}
      {training ? <Badge tone="info">{t("office.journal.training")}</Badge> : null}
    </>
  );
}
