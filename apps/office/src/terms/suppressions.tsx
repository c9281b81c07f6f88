import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import type { BodyOf, SuppressionView } from "@weft/contracts/client";
import { formatDateTime } from "@weft/ui/i18n/format.ts";
import { Section } from "@weft/ui/kit/app-frame.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { PagedTable, type Column } from "../common/data-table.tsx";
import { FilterChoice } from "../common/filter-choice.tsx";
import form from "../common/form.module.css";
import { PAGE_ROWS, pagedQuery } from "../common/paged.ts";
import { wordOf } from "../common/text.ts";
import { termsRoute } from "../routes.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

const KEY = ["suppressions"];

const suppressionsQuery = (state: "standing" | "lifted") =>
  pagedQuery([...KEY, state], (page, signal) => api.ask("consent.suppressions", { query: { ...page, state, limit: PAGE_ROWS }, signal }));

/** Addresses that no message goes to, whoever they belong to. Only their keyed hash is kept, so a list shows why and since when. */
export function Suppressions() {
  const state = termsRoute.useSearch().state ?? "standing";
  const navigate = termsRoute.useNavigate();
  const may = useMay();
  const [isAdding, setAdding] = useState(false);
  const [lifting, setLifting] = useState<SuppressionView>();
  return (
    <Section
      title={t("office.terms.left_alone")}
      actions={
        <>
          <FilterChoice
            label={t("office.orders.state")}
            value={state}
            options={[
              { value: "standing", label: t("office.terms.standing") },
              { value: "lifted", label: t("office.terms.lifted") },
            ]}
            onChange={(next) => void navigate({ search: { state: next }, replace: true })}
          />
          {may("consent.suppress") ? <Button onClick={() => setAdding(true)}>{t("office.terms.add")}</Button> : null}
        </>
      }
    >
      <p className={form.quiet}>{t("office.terms.left_alone_text")}</p>
      <PagedTable
        query={useInfiniteQuery(suppressionsQuery(state))}
        label={t("office.terms.left_alone")}
        people={null}
        columns={columns(may("consent.liftSuppression") ? setLifting : undefined)}
        rowKey={({ id }) => id}
        empty={{ title: t("office.terms.none") }}
      />
      <AddDialog isOpen={isAdding} onClose={() => setAdding(false)} />
      <LiftDialog key={lifting?.id} suppression={lifting} onClose={() => setLifting(undefined)} />
    </Section>
  );
}

function columns(onLift: ((suppression: SuppressionView) => void) | undefined): Column<SuppressionView>[] {
  return [
    {
      key: "kind",
      label: t("office.consent.by"),
      cell: ({ channelKind }) => t(`office.consent.kind.${channelKind}`),
      text: ({ channelKind }) => channelKind,
    },
    {
      key: "reason",
      label: t("office.conflict.note"),
      cell: ({ reason }) => t(`office.consent.reason.${reason}`),
      text: ({ reason }) => reason,
    },
    { key: "at", label: t("office.task.opened"), cell: ({ at }) => formatDateTime(at), text: ({ at }) => at },
    { key: "by", label: t("office.tills.by"), isMinor: true, cell: ({ byName }) => byName ?? "–", text: ({ byName }) => byName },
    {
      key: "lifted",
      label: t("office.terms.lifted"),
      cell: (suppression) => <Lifted suppression={suppression} onLift={onLift} />,
      text: ({ liftedAt }) => liftedAt,
    },
  ];
}

type LiftedProps = { readonly suppression: SuppressionView; readonly onLift: ((suppression: SuppressionView) => void) | undefined };

function Lifted({ suppression, onLift }: LiftedProps) {
  const { liftedAt, liftedByName } = suppression;
  if (liftedAt !== null) return <>{[formatDateTime(liftedAt), liftedByName].filter(Boolean).join(" · ")}</>;
  if (!onLift) return null;
  return (
    <Button size="compact-xs" variant="default" onClick={() => onLift(suppression)}>
      {t("office.terms.lift")}
    </Button>
  );
}

type Body = BodyOf<"consent.suppress">;
const KINDS = ["email", "sms", "phone"] as const;
const REASONS = ["do_not_contact", "complaint"] as const;

function AddDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  const [kind, setKind] = useState<(typeof KINDS)[number]>("email");
  const [reason, setReason] = useState<(typeof REASONS)[number]>("do_not_contact");
  const [address, setAddress] = useState("");
  const [note, setNote] = useState("");
  const add = useAct((body: Body) => api.ask("consent.suppress", { body }), [KEY]);
  const close = (): void => {
    setAddress("");
    setNote("");
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={t("office.terms.add")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          add.mutate({ channelKind: kind, address: address.trim(), reason, note: note.trim() }, { onSuccess: close });
        }}
      >
        <Select
          label={t("office.consent.by")}
          value={kind}
          allowDeselect={false}
          data={KINDS.map((each) => ({ value: each, label: t(`office.consent.kind.${each}`) }))}
          onChange={(next) => setKind(KINDS.find((each) => each === next) ?? kind)}
        />
        <TextInput
          label={t("office.terms.address")}
          required
          maxLength={254}
          value={address}
          onChange={({ target }) => setAddress(target.value)}
        />
        <Select
          label={t("office.conflict.note")}
          value={reason}
          allowDeselect={false}
          data={REASONS.map((each) => ({ value: each, label: wordOf(`office.consent.reason.${each}`, each) }))}
          onChange={(next) => setReason(REASONS.find((each) => each === next) ?? reason)}
        />
        <TextInput
          label={t("office.consent.note")}
          required
          maxLength={300}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <Button type="submit" loading={add.isPending}>
          {t("office.terms.add")}
        </Button>
      </form>
    </Modal>
  );
}

/** It may be written to again: somebody asked for it, and why is kept in the audit. */
function LiftDialog({ suppression, onClose }: { readonly suppression: SuppressionView | undefined; readonly onClose: () => void }) {
  const [note, setNote] = useState("");
  const lift = useAct((id: string) => api.ask("consent.liftSuppression", { params: { id }, body: { note: note.trim() } }), [KEY]);
  return (
    <Modal
      opened={suppression !== undefined}
      onClose={onClose}
      title={t("office.terms.lift")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (suppression) lift.mutate(suppression.id, { onSuccess: onClose });
        }}
      >
        <p>{t("office.terms.lift_text")}</p>
        <TextInput
          label={t("office.conflict.note")}
          required
          minLength={3}
          maxLength={300}
          value={note}
          onChange={({ target }) => setNote(target.value)}
        />
        <Button type="submit" disabled={note.trim().length < 3} loading={lift.isPending}>
          {t("office.terms.lift")}
        </Button>
      </form>
    </Modal>
  );
}
