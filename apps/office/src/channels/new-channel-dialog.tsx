import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useQuery, type QueryClient } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { AnswerOf, BodyOf, ChannelView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { channelName } from "@weft/ui/kit/channel-icon.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { placesQuery } from "../common/places.ts";
import { CHANNEL_KINDS } from "../searches.ts";
import { t } from "../t.ts";

/** Adds a channel and opens it, because its keys are what comes next. */
export function NewChannelDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.channels.add")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <NewChannelForm onDone={onClose} />
    </Modal>
  );
}

function NewChannelForm({ onDone }: { readonly onDone: () => void }) {
  const entities = useQuery(placesQuery).data?.entities ?? [];
  const router = useRouter();
  const [draft, setDraft] = useState({ name: "", code: "", kind: "web" as (typeof CHANNEL_KINDS)[number], entityId: "" }); // widens to every kind
  const create = useAct((body: BodyOf<"channels.create">) => api.ask("channels.create", { body }), [["channels"]], addToList);
  const entityId = draft.entityId || (entities[0]?.id ?? "");
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(
          { ...draft, entityId },
          {
            onSuccess: ({ id }) => {
              onDone();
              void router.navigate({ to: "/channels", search: { open: id } });
            },
          },
        );
      }}
    >
      <NativeSelect
        size="xs"
        label={t("office.channels.kind")}
        value={draft.kind}
        data={CHANNEL_KINDS.map((kind) => ({ value: kind, label: channelName(kind) }))}
        onChange={({ currentTarget }) => setDraft({ ...draft, kind: CHANNEL_KINDS.find((kind) => kind === currentTarget.value) ?? "web" })}
      />
      <TextInput
        required
        label={t("office.customers.name")}
        value={draft.name}
        onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
      />
      <TextInput
        required
        pattern="[a-z0-9\-]{2,40}"
        label={t("office.channels.code")}
        description={t("office.channels.code_text")}
        value={draft.code}
        onChange={({ currentTarget }) => setDraft({ ...draft, code: currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label={t("office.channels.entity")}
        value={entityId}
        data={entities.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={({ currentTarget }) => setDraft({ ...draft, entityId: currentTarget.value })}
      />
      <p role="alert" className={form.error}>
        {create.error ? problemText(create.error) : null}
      </p>
      <Button type="submit" size="sm" loading={create.isPending}>
        {t("office.channels.add")}
      </Button>
    </form>
  );
}

/** Puts the channel into the list at once: the hub's own follows within moments, and the page beside it opens now. */
function addToList(queries: QueryClient, channel: ChannelView): void {
  queries.setQueryData<AnswerOf<"channels.list">>(["channels"], (all) => all && { ...all, channels: [...all.channels, channel] });
}
