import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { BodyOf, NoticeView } from "@weft/contracts/client";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { channelsQuery } from "../import/queries.ts";
import { t } from "../t.ts";
import { noticesQuery } from "./queries.ts";

type How = BodyOf<"notices.inform">["how"];
const HOWS: readonly How[] = ["mail", "letter", "app", "in_person"];

/** Keeps that everybody in the file of a channel was told: from then on their time to object runs. */
export function InformDialog({ notice, onClose }: { readonly notice: NoticeView | undefined; readonly onClose: () => void }) {
  const all = useQuery(channelsQuery).data?.channels ?? [];
  const channels = all.filter(({ id }) => notice?.channelIds === null || notice?.channelIds.includes(id));
  const [channelId, setChannelId] = useState("");
  const [how, setHow] = useState<How>("mail");
  const [note, setNote] = useState("");
  const chosen = channelId === "" ? (channels[0]?.id ?? "") : channelId;
  const inform = useAct(
    (id: string) =>
      api.ask("notices.inform", { params: { id }, body: { channelId: chosen, how, ...(note.trim() !== "" && { note: note.trim() }) } }),
    [noticesQuery.queryKey],
  );
  return (
    <Modal
      opened={notice !== undefined}
      onClose={onClose}
      title={t("office.privacy.inform")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          if (notice) inform.mutate(notice.id, { onSuccess: onClose });
        }}
      >
        <p>{t("office.privacy.inform_text", { version: notice?.version ?? "", days: notice?.objectionDays ?? 0 })}</p>
        <NativeSelect
          label={t("office.orders.channel")}
          value={chosen}
          data={channels.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget }) => setChannelId(currentTarget.value)}
        />
        <NativeSelect
          label={t("office.privacy.how")}
          value={how}
          data={HOWS.map((one) => ({ value: one, label: t(`office.privacy.told.${one}`) }))}
          onChange={({ currentTarget }) => setHow(HOWS.find((one) => one === currentTarget.value) ?? how)}
        />
        <TextInput label={t("office.privacy.note")} maxLength={1000} value={note} onChange={({ target }) => setNote(target.value)} />
        <Button type="submit" disabled={chosen === ""} loading={inform.isPending}>
          {t("office.privacy.inform_do")}
        </Button>
      </form>
    </Modal>
  );
}
