import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { BodyOf, NoticeView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { channelsQuery } from "../import/queries.ts";
import { t } from "../t.ts";
import { audienceQuery, mailingsQuery, noticesQuery } from "./queries.ts";

/** `send`: the hub itself writes to them; the others were told by the retailer, and that is kept. */
type How = BodyOf<"notices.inform">["how"] | "send";
const HOWS: readonly How[] = ["send", "mail", "letter", "app", "in_person"];

/** Tells the people of a channel, or keeps that they were told: from then on their time to object runs. */
export function InformDialog({ notice, onClose }: { readonly notice: NoticeView | undefined; readonly onClose: () => void }) {
  return (
    <Modal
      opened={notice !== undefined}
      onClose={onClose}
      title={t("office.privacy.inform")}
      closeButtonProps={{ "aria-label": t("ui.close") }}
    >
      {notice ? <InformForm notice={notice} onDone={onClose} /> : null}
    </Modal>
  );
}

function InformForm({ notice, onDone }: { readonly notice: NoticeView; readonly onDone: () => void }) {
  const all = useQuery(channelsQuery).data?.channels ?? [];
  const channels = all.filter(({ id }) => notice.channelIds === null || notice.channelIds.includes(id));
  const [channelId, setChannelId] = useState("");
  const [how, setHow] = useState<How>(notice.address === null ? "mail" : "send");
  const [note, setNote] = useState("");
  const chosen = channelId === "" ? (channels[0]?.id ?? "") : channelId;
  const inform = useInform(notice.id, chosen, how, note.trim());
  // A mail leads to the words: without an address there is nowhere to lead to.
  const hows = HOWS.filter((one) => one !== "send" || notice.address !== null);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        inform.mutate(undefined, { onSuccess: onDone });
      }}
    >
      <p>{t("office.privacy.inform_text", { version: notice.version, days: notice.objectionDays })}</p>
      <NativeSelect
        label={t("office.orders.channel")}
        value={chosen}
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={({ currentTarget }) => setChannelId(currentTarget.value)}
      />
      <NativeSelect
        label={t("office.privacy.how")}
        value={how}
        data={hows.map((one) => ({ value: one, label: t(`office.privacy.told.${one}`) }))}
        onChange={({ currentTarget }) => setHow(HOWS.find((one) => one === currentTarget.value) ?? how)}
      />
      {how === "send" && chosen !== "" ? (
        <Audience noticeId={notice.id} channelId={chosen} />
      ) : (
        <TextInput label={t("office.privacy.note")} maxLength={1000} value={note} onChange={({ target }) => setNote(target.value)} />
      )}
      <Button type="submit" disabled={chosen === ""} loading={inform.isPending}>
        {t(how === "send" ? "office.privacy.send_do" : "office.privacy.inform_do")}
      </Button>
    </form>
  );
}

function useInform(id: string, channelId: string, how: How, note: string) {
  return useAct(async () => {
    if (how === "send") await api.ask("noticeMailings.start", { params: { id }, body: { channelId } });
    else await api.ask("notices.inform", { params: { id }, body: { channelId, how, ...(note !== "" && { note }) } });
  }, [noticesQuery.queryKey, mailingsQuery.queryKey]);
}

/** To whom it would go, before it goes. */
function Audience({ noticeId, channelId }: { readonly noticeId: string; readonly channelId: string }) {
  const { data } = useQuery(audienceQuery(noticeId, channelId));
  if (!data) return null;
  const { people, withoutAddress } = data;
  return (
    <p role="status">
      {t("office.privacy.audience", { people, count: formatNumber(people) })}{" "}
      {withoutAddress > 0 ? t("office.privacy.audience_without", { people: withoutAddress, count: formatNumber(withoutAddress) }) : null}
    </p>
  );
}
