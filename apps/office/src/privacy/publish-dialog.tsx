import { Button, Checkbox, Modal, MultiSelect, NumberInput, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { channelsQuery } from "../import/queries.ts";
import { t } from "../t.ts";
import { noticesQuery } from "./queries.ts";

const DAYS = 30;
const NO_CHANNELS: string[] = [];
const NOTHING = { version: "", address: "", channelIds: NO_CHANNELS, coversJoining: false, objectionDays: DAYS, isForEarlier: false };

type DialogProps = { readonly isOpen: boolean; readonly hasEarlier: boolean; readonly onClose: () => void };

/** A new version of the words: it cannot be changed afterwards, so what it says is asked one by one. */
export function PublishDialog({ isOpen, hasEarlier, onClose }: DialogProps) {
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const [draft, setDraft] = useState(NOTHING);
  const set = (change: Partial<typeof NOTHING>): void => setDraft((old) => ({ ...old, ...change }));
  const publish = useAct(() => api.ask("notices.publish", { body: bodyOf(draft) }), [noticesQuery.queryKey]);
  const close = (): void => {
    setDraft(NOTHING);
    onClose();
  };
  return (
    <Modal opened={isOpen} onClose={close} title={t("office.privacy.publish")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault();
          publish.mutate(undefined, { onSuccess: close });
        }}
      >
        <TextInput
          label={t("office.privacy.version")}
          description={t("office.privacy.version_text")}
          required
          maxLength={40}
          value={draft.version}
          onChange={({ target }) => set({ version: target.value })}
        />
        <TextInput
          type="url"
          label={t("office.privacy.address")}
          maxLength={500}
          value={draft.address}
          onChange={({ target }) => set({ address: target.value })}
        />
        <MultiSelect
          label={t("office.orders.channel")}
          description={t("office.privacy.channels_text")}
          data={channels.map(({ id, name }) => ({ value: id, label: name }))}
          value={draft.channelIds}
          onChange={(channelIds) => set({ channelIds })}
        />
        <Checkbox
          label={t("office.privacy.says_joining")}
          description={t("office.privacy.says_joining_text")}
          checked={draft.coversJoining}
          onChange={({ currentTarget }) => set({ coversJoining: currentTarget.checked })}
        />
        {draft.coversJoining ? (
          <NumberInput
            label={t("office.privacy.days")}
            min={0}
            max={365}
            value={draft.objectionDays}
            onChange={(days) => set({ objectionDays: Number(days) })}
          />
        ) : null}
        {hasEarlier ? (
          <Checkbox
            label={t("office.privacy.for_earlier")}
            description={t("office.privacy.for_earlier_text")}
            checked={draft.isForEarlier}
            onChange={({ currentTarget }) => set({ isForEarlier: currentTarget.checked })}
          />
        ) : null}
        <Button type="submit" disabled={draft.version.trim() === ""} loading={publish.isPending}>
          {t("office.privacy.publish")}
        </Button>
      </form>
    </Modal>
  );
}

function bodyOf({ version, address, channelIds, ...rest }: typeof NOTHING) {
  return {
    ...rest,
    version: version.trim(),
    address: address.trim() === "" ? null : address.trim(),
    channelIds: channelIds.length === 0 ? null : channelIds,
  };
}
