import { Button, NativeSelect, Progress } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { FiscalArchiveView, FiscalIdentityView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { formatBusinessDate, formatDateTime, formatNumber } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { Badge } from "@weft/ui/shop/badge.tsx";
import { EmptyState } from "@weft/ui/shop/empty-state.tsx";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { ScreenSkeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { DayRange } from "../common/day-range.tsx";
import form from "../common/form.module.css";
import { receiveFile } from "../common/transfer.ts";
import { useToday } from "../common/use-today.ts";
import { useMay, useStaff } from "../session/session.ts";
import { t } from "../t.ts";
import { Checks } from "./checks.tsx";
import { IdentityForm } from "./identity-form.tsx";
import { archivesQuery, identitiesQuery } from "./queries.ts";
import { TakenForField, type TakenFor } from "./taken-for.tsx";

/** What leaves the house for the tax office: archives, each with its verifier inside, exports, and the numbers that they carry. */
export function Archives() {
  const identities = useQuery(identitiesQuery);
  const staff = useStaff();
  if (staff && staff.placeIds.length > 0)
    return <EmptyState title={t("office.journal.archives")} text={t("office.journal.archives_of_all")} />;
  if (identities.isPending) return <ScreenSkeleton />;
  if (identities.isError) return <ProblemNote error={identities.error} onRetry={identities.refetch} />;
  return (
    <>
      <Take identities={identities.data.items} />
      <Section title={t("office.journal.archives")}>
        <List />
      </Section>
      <Section title={t("office.journal.identity")}>
        {identities.data.items.map((identity) => (
          <IdentityForm key={identity.entityId} identity={identity} />
        ))}
      </Section>
    </>
  );
}

/** Which legal entity and which days; an archive is made in the background, an export comes at once. */
function Take({ identities }: { readonly identities: readonly FiscalIdentityView[] }) {
  const year = useToday().slice(0, 4);
  const may = useMay();
  const [entityId, setEntityId] = useState(identities[0]?.entityId ?? "");
  const [days, setDays] = useState({ from: `${year}-01-01`, to: `${year}-12-31` });
  const [takenFor, setTakenFor] = useState<TakenFor>("own");
  const wanted = { entityId, from: days.from, until: days.to };
  const chosen = identities.find((identity) => identity.entityId === entityId);
  const make = useAct(() => api.ask("journal.makeArchive", { body: wanted }), [["journal", "archives"]]);
  const take = useMutation({
    mutationFn: () => receiveFile(`/v1/journal/dsfinv-k?${new URLSearchParams({ ...wanted, takenFor })}`, () => undefined),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        make.mutate(undefined);
      }}
    >
      <NativeSelect
        label={t("office.journal.entity")}
        value={entityId}
        data={identities.map((identity) => ({ value: identity.entityId, label: identity.entityName }))}
        onChange={({ currentTarget }) => setEntityId(currentTarget.value)}
      />
      <div className={form.row}>
        <DayRange
          required
          days={days}
          label={(end) => t(`office.settlement.${end}`)}
          onChange={(change) => setDays({ ...days, ...change })}
        />
        {may("journal.makeArchive") ? (
          <Button type="submit" loading={make.isPending}>
            {t("office.journal.make_archive")}
          </Button>
        ) : null}
        {chosen?.exports.includes("dsfinvk") && may("journal.dsfinvk") ? (
          <>
            <TakenForField value={takenFor} onChange={setTakenFor} />
            <Button variant="default" loading={take.isPending} onClick={() => take.mutate()}>
              {t("office.journal.dsfinvk")}
            </Button>
          </>
        ) : null}
      </div>
    </form>
  );
}

function List() {
  const { data, isPending, error, refetch } = useQuery(archivesQuery);
  if (isPending) return <ScreenSkeleton />;
  if (error) return <ProblemNote error={error} onRetry={refetch} />;
  if (data.items.length === 0) return <p className={form.quiet}>{t("office.journal.no_archives")}</p>;
  return (
    <ul className={form.rows}>
      {data.items.map((archive) => (
        <li key={archive.id} className={form.stacked}>
          <Archive archive={archive} />
        </li>
      ))}
    </ul>
  );
}

function Archive({ archive }: { readonly archive: FiscalArchiveView }) {
  const { id, entityName, from, until, state, entries, expected, failure, sha256, isKept } = archive;
  const isRunning = state === "waiting" || state === "running";
  return (
    <>
      <div>
        <strong>{entityName}</strong>, {formatBusinessDate(from)} – {formatBusinessDate(until)}{" "}
        <small>{formatDateTime(archive.requestedAt)}</small>
      </div>
      <div role="status">
        <Badge tone={state === "failed" ? "bad" : isRunning ? "accent" : "good"}>{t(`office.journal.archive.${state}`)}</Badge>{" "}
        <small>{failure ?? t("office.journal.read", { count: entries, entries: formatNumber(entries) })}</small>
      </div>
      {isRunning ? (
        <Progress value={expected === 0 ? 0 : (100 * entries) / expected} aria-label={t("office.journal.archive.running")} />
      ) : null}
      {sha256 === null ? null : (
        <small className={form.grow}>
          SHA-256 <code>{sha256}</code>
        </small>
      )}
      {state === "done" ? isKept ? <Acts id={id} /> : <p className={form.quiet}>{t("office.journal.not_kept")}</p> : null}
    </>
  );
}

function Acts({ id }: { readonly id: string }) {
  const may = useMay();
  const [takenFor, setTakenFor] = useState<TakenFor>("own");
  const verify = useAct(() => api.ask("journal.checkArchive", { params: { id } }), [["journal", "checks"]]);
  const fetch = useMutation({
    mutationFn: () => receiveFile(`/v1/journal/archives/${id}/file?takenFor=${takenFor}`, () => undefined),
    onError: (error) => showToast(problemText(error)),
  });
  return (
    <>
      <div className={form.row}>
        {may("journal.archiveFile") ? (
          <>
            <TakenForField value={takenFor} onChange={setTakenFor} />
            <Button size="xs" variant="default" loading={fetch.isPending} onClick={() => fetch.mutate()}>
              {t("office.journal.download")}
            </Button>
          </>
        ) : null}
        {may("journal.checkArchive") ? (
          <Button size="xs" variant="default" loading={verify.isPending} onClick={() => verify.mutate(undefined)}>
            {t("office.journal.verify")}
          </Button>
        ) : null}
      </div>
      <Checks archiveId={id} />
    </>
  );
}
