import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import type { BodyOf } from "@weft/contracts/client";
import { formatDate } from "@weft/ui/i18n/format.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { t } from "../t.ts";
import { REQUESTS_KEY } from "./queries.ts";

type Body = BodyOf<"privacyRequests.create">;
const KINDS: readonly Body["kind"][] = ["access", "correction", "erasure", "objection"];
const HOWS = ["in_person", "by_phone", "in_writing"] as const;

/** Takes down what a customer asks about their data; its month runs from the day it came. */
export function RequestDialog({
  customerId,
  isOpen,
  onClose,
}: {
  readonly customerId: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}) {
  const [kind, setKind] = useState<Body["kind"]>("access");
  const [how, setHow] = useState<(typeof HOWS)[number]>("in_person");
  const [text, setText] = useState("");
  const [day, setDay] = useState("");
  const take = useAct((body: Body) => api.ask("privacyRequests.create", { params: { id: customerId }, body }), [REQUESTS_KEY]);
  const said = text.trim();
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.privacy.take_down")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          const receivedAt = day === "" ? {} : { receivedAt: new Date(`${day}T12:00:00`).toISOString() };
          take.act(
            { kind, how, ...(said !== "" && { text: said }), ...receivedAt },
            ({ dueAt }) => showToast(t("office.privacy.taken_down", { date: formatDate(dueAt) })),
            onClose,
          );
        }}
      >
        <NativeSelect
          label={t("office.privacy.wish")}
          value={kind}
          data={KINDS.map((one) => ({ value: one, label: t(`office.privacy.kind.${one}`) }))}
          onChange={({ currentTarget }) => setKind(KINDS.find((one) => one === currentTarget.value) ?? kind)}
        />
        <NativeSelect
          label={t("office.privacy.made_how")}
          value={how}
          data={HOWS.map((one) => ({ value: one, label: t(`office.privacy.how.${one}`) }))}
          onChange={({ currentTarget }) => setHow(HOWS.find((one) => one === currentTarget.value) ?? how)}
        />
        <TextInput type="date" label={t("office.privacy.received_on")} value={day} onChange={({ target }) => setDay(target.value)} />
        <TextInput label={t("office.privacy.said")} maxLength={1000} value={text} onChange={({ target }) => setText(target.value)} />
        <Button type="submit" disabled={said.length > 0 && said.length < 3} loading={take.isPending}>
          {t("office.privacy.take_down")}
        </Button>
      </form>
    </Modal>
  );
}
