import { Button, FileInput, Modal, NativeSelect } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useRouter } from "@tanstack/react-router";
import type { ImportKind, ImportRunView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import form from "../common/form.module.css";
import { sendFile } from "../common/transfer.ts";
import { t } from "../t.ts";
import { channelsQuery } from "./queries.ts";

const KINDS: readonly ImportKind[] = ["customers", "events", "consents", "companies", "memberships"];

/** Takes a file, and opens what the hub has found in it: nothing is imported yet. */
export function UploadDialog({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.import.give")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <UploadForm onDone={onClose} />
    </Modal>
  );
}

function UploadForm({ onDone }: { readonly onDone: () => void }) {
  const router = useRouter();
  const channels = useQuery(channelsQuery).data?.channels ?? [];
  const [kind, setKind] = useState<ImportKind>("customers");
  const [channel, setChannel] = useState("");
  const [file, setFile] = useState<File | null>(null);
  const channelId = channel || (channels[0]?.id ?? "");
  const give = useMutation({
    mutationFn: (given: File) =>
      sendFile<ImportRunView>(`/v1/imports?${new URLSearchParams({ kind, channelId, fileName: given.name.slice(0, 200) })}`, given),
    onSuccess: ({ id }) => {
      onDone();
      void router.navigate({ to: "/imports/$id", params: { id } });
    },
  });
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (file) give.mutate(file);
      }}
    >
      <p className={form.quiet}>{t("office.import.give_text")}</p>
      <NativeSelect
        label={t("office.import.what")}
        value={kind}
        data={KINDS.map((one) => ({ value: one, label: t(`office.import.kind.${one}`) }))}
        onChange={({ currentTarget }) => setKind(KINDS.find((one) => one === currentTarget.value) ?? "customers")}
      />
      <NativeSelect
        label={t("office.import.channel")}
        description={t("office.import.channel_text")}
        value={channelId}
        data={channels.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={({ currentTarget }) => setChannel(currentTarget.value)}
      />
      <FileInput
        required
        label={t("office.import.file")}
        description={t("office.import.file_text")}
        placeholder={t("office.import.choose")}
        accept=".csv,.txt,.tsv,.vcf,.gz,text/csv,text/vcard"
        value={file}
        onChange={setFile}
      />
      <p role="alert" className={form.error}>
        {give.error ? problemText(give.error) : null}
      </p>
      <Button type="submit" disabled={file === null || channelId === ""} loading={give.isPending}>
        {t("office.import.look")}
      </Button>
    </form>
  );
}
