import { Button, Modal, TextInput } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import type { BodyOf, PlaceTreeView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { addGroupToTree } from "../common/places.ts";
import { t } from "../t.ts";
import { GroupSelect } from "./group-select.tsx";

type DialogProps = { readonly tree: PlaceTreeView; readonly isOpen: boolean; readonly onClose: () => void };

/** Adds a group to the tree and opens it, because what it sets comes next. */
export function NewGroupDialog({ tree, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.stores.add_group")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <NewGroupForm tree={tree} onDone={onClose} />
    </Modal>
  );
}

function NewGroupForm({ tree, onDone }: { readonly tree: PlaceTreeView; readonly onDone: () => void }) {
  const router = useRouter();
  const [draft, setDraft] = useState<BodyOf<"places.createGroup">>({ name: "", code: "", parentId: null });
  const create = useAct((body: BodyOf<"places.createGroup">) => api.ask("places.createGroup", { body }), [["places"]], addGroupToTree);
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        create.mutate(draft, {
          onSuccess: ({ id }) => {
            onDone();
            void router.navigate({ to: "/stores", search: { open: id } });
          },
        });
      }}
    >
      <TextInput
        required
        maxLength={120}
        label={t("office.stores.field.name")}
        value={draft.name}
        onChange={({ currentTarget }) => setDraft({ ...draft, name: currentTarget.value })}
      />
      <TextInput
        required
        pattern="[a-z0-9\-]{2,40}"
        label={t("office.stores.field.code")}
        description={t("office.channels.code_text")}
        value={draft.code}
        onChange={({ currentTarget }) => setDraft({ ...draft, code: currentTarget.value })}
      />
      <GroupSelect
        label={t("office.stores.above")}
        groups={tree.groups}
        value={draft.parentId}
        onChange={(parentId) => setDraft({ ...draft, parentId })}
      />
      <p role="alert" className={form.error}>
        {create.error ? problemText(create.error) : null}
      </p>
      <Button type="submit" size="sm" loading={create.isPending}>
        {t("office.stores.add_group")}
      </Button>
    </form>
  );
}
