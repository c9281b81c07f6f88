import { Button, Switch, Textarea, TextInput } from "@mantine/core";
import type { QueryClient } from "@tanstack/react-query";
import type { AnswerOf, BodyOf, ChannelView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import { Beside, Part } from "../common/beside.tsx";
import form from "../common/form.module.css";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";
import { ChannelKeys } from "./channel-keys.tsx";
import { ChannelLevel } from "./link-level.tsx";

/** One channel: what it is called, who may call from where, how far it is linked, and its keys. */
export function ChannelBeside({ channel, onClose }: { readonly channel: ChannelView; readonly onClose: () => void }) {
  const may = useMay();
  return (
    <Beside title={channel.name} onClose={onClose}>
      {may("channels.update") ? <ChannelForm key={JSON.stringify(channel)} channel={channel} /> : null}
      <Part title={t("office.channels.level")}>
        {may("channels.changeLevel") ? <ChannelLevel key={channel.linkLevel} channel={channel} /> : <LevelSaid channel={channel} />}
      </Part>
      {/* Who may not see keys is answered none, which says nothing about whether there are any. */}
      {channel.keys.length > 0 || may("channels.createKey") ? (
        <Part title={t("office.channels.keys")}>
          <ChannelKeys channel={channel} />
        </Part>
      ) : null}
    </Beside>
  );
}

/** What the level means, for who may not change it. */
function LevelSaid({ channel: { linkLevel } }: { readonly channel: ChannelView }) {
  return (
    <p>
      <strong>{t(`office.channels.level.${linkLevel}`)}.</strong> {t(`office.channels.level_text.${linkLevel}`)}
    </p>
  );
}

function ChannelForm({ channel }: { readonly channel: ChannelView }) {
  const { name, allowedOrigins, vouches, asksFirst, priceHoldMinutes } = channel;
  const [draft, setDraft] = useState({
    name,
    origins: allowedOrigins.join("\n"),
    vouches,
    asksFirst,
    minutes: `${priceHoldMinutes ?? ""}`,
  });
  const save = useAct(
    (body: BodyOf<"channels.update">) => api.ask("channels.update", { params: { id: channel.id }, body }),
    [["channels"]],
    keepChannel,
  );
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        const own = draft.minutes.trim() === "" ? null : Number(draft.minutes);
        const { vouches: mayVouch, asksFirst: mustAsk } = draft;
        const body = {
          name: draft.name,
          vouches: mayVouch,
          asksFirst: mustAsk,
          allowedOrigins: linesOf(draft.origins),
          priceHoldMinutes: own,
        };
        const before = { name, allowedOrigins, vouches, asksFirst, priceHoldMinutes };
        save.act(body, () => showToast(t("office.saved"), () => save.mutate(before)));
      }}
    >
      <TextInput
        required
        label={t("office.customers.name")}
        value={draft.name}
        onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
      />
      <Textarea
        size="xs"
        autosize
        minRows={2}
        label={t("office.channels.origins")}
        description={t("office.channels.origins_text")}
        value={draft.origins}
        onChange={({ currentTarget }) => setDraft({ ...draft, origins: currentTarget.value })}
      />
      <Switch
        size="xs"
        label={t("office.channels.vouches")}
        description={t("office.channels.vouches_text")}
        checked={draft.vouches}
        onChange={({ currentTarget }) => setDraft({ ...draft, vouches: currentTarget.checked })}
      />
      <Switch
        size="xs"
        label={t("office.channels.asks_first")}
        description={t("office.channels.asks_first_text")}
        checked={draft.asksFirst}
        onChange={({ currentTarget }) => setDraft({ ...draft, asksFirst: currentTarget.checked })}
      />
      <TextInput
        type="number"
        min={1}
        max={1440}
        label={t("office.channels.price_hold")}
        description={t("office.channels.price_hold_text")}
        placeholder={t("office.channels.price_hold_inherited")}
        value={draft.minutes}
        onChange={({ currentTarget }) => setDraft({ ...draft, minutes: currentTarget.value })}
      />
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Button type="submit" variant="default" loading={save.isPending}>
        {t("office.save")}
      </Button>
    </form>
  );
}

function keepChannel(queries: QueryClient, channel: ChannelView): void {
  queries.setQueryData<AnswerOf<"channels.list">>(
    ["channels"],
    (list) => list && { ...list, channels: list.channels.map((own) => (own.id === channel.id ? channel : own)) },
  );
}

function linesOf(text: string): string[] {
  return text
    .split(/\s+/)
    .map((line) => line.trim())
    .filter(Boolean);
}
