import { Button, Modal, NativeSelect, TextInput } from "@mantine/core";
import { useRouter } from "@tanstack/react-router";
import type { BodyOf, PlaceTreeView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { addPlaceToTree } from "../common/places.ts";
import { t } from "../t.ts";
import { GroupSelect } from "./group-select.tsx";
import { KINDS, placeBody, type PlaceDraft } from "./place-draft.ts";

type DialogProps = { readonly tree: PlaceTreeView; readonly isOpen: boolean; readonly onClose: () => void };

/** Opens a store or warehouse, and then its page: hours and settings are what comes next. */
export function NewPlaceDialog({ tree, isOpen, onClose }: DialogProps) {
  return (
    <Modal opened={isOpen} onClose={onClose} title={t("office.stores.add_place")} closeButtonProps={{ "aria-label": t("ui.close") }}>
      <NewPlaceForm tree={tree} onDone={onClose} />
    </Modal>
  );
}

function NewPlaceForm({ tree, onDone }: { readonly tree: PlaceTreeView; readonly onDone: () => void }) {
  const router = useRouter();
  const [draft, setDraft] = useState<PlaceDraft>(() => emptyDraft(tree));
  const create = useAct((body: BodyOf<"places.create">) => api.ask("places.create", { body }), [["places"]], addPlaceToTree);
  const set = (change: Partial<PlaceDraft>): void => setDraft({ ...draft, ...change });
  const submit = (): void =>
    create.mutate(placeBody(draft), {
      onSuccess: ({ id }) => {
        onDone();
        void router.navigate({ to: "/stores", search: { open: id } });
      },
    });
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Texts draft={draft} names={["name", "code"]} onChange={set} />
      <div className={form.row}>
        <NativeSelect
          size="xs"
          label={t("office.channels.kind")}
          value={draft.kind}
          data={KINDS.map((kind) => ({ value: kind, label: t(`office.stores.kind.${kind}`) }))}
          onChange={({ currentTarget }) => set({ kind: KINDS.find((kind) => kind === currentTarget.value) ?? "store" })}
        />
        <NativeSelect
          size="xs"
          label={t("office.channels.entity")}
          value={draft.entityId}
          data={tree.entities.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={({ currentTarget }) => set(ofEntity(tree, currentTarget.value))}
        />
      </div>
      <GroupSelect label={t("office.stores.group")} groups={tree.groups} value={draft.groupId} onChange={(groupId) => set({ groupId })} />
      <Texts draft={draft} names={["line1", "postcode", "city", "country"]} onChange={set} />
      <Texts draft={draft} names={["latitude", "longitude"]} onChange={set} />
      <p role="alert" className={form.error}>
        {create.error ? problemText(create.error) : null}
      </p>
      <Button type="submit" size="sm" loading={create.isPending}>
        {t("office.stores.add_place")}
      </Button>
    </form>
  );
}

/** What a text field of the form accepts. */
const RULES = {
  name: { maxLength: 120 },
  code: { pattern: "[a-z0-9\\-]{2,40}" },
  line1: { maxLength: 120 },
  postcode: { maxLength: 16 },
  city: { maxLength: 80 },
  country: { pattern: "[A-Za-z]{2}", maxLength: 2 },
  latitude: { pattern: "-?[0-9]{1,2}([.,][0-9]+)?", inputMode: "decimal" },
  longitude: { pattern: "-?[0-9]{1,3}([.,][0-9]+)?", inputMode: "decimal" },
} as const;

type TextsProps = {
  readonly draft: PlaceDraft;
  readonly names: readonly (keyof typeof RULES)[];
  readonly onChange: (change: Partial<PlaceDraft>) => void;
};

function Texts({ draft, names, onChange }: TextsProps) {
  return (
    <div className={form.row}>
      {names.map((name) => (
        <TextInput
          key={name}
          required
          label={t(`office.stores.field.${name}`)}
          value={draft[name]}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
          {...RULES[name]}
        />
      ))}
    </div>
  );
}

function emptyDraft(tree: PlaceTreeView): PlaceDraft {
  const texts = { name: "", code: "", line1: "", postcode: "", city: "", latitude: "", longitude: "" };
  const { entityId = "", country = "" } = ofEntity(tree, tree.entities[0]?.id ?? "");
  return { ...texts, kind: "store", groupId: null, entityId, country };
}

/** A legal entity, and its country, where its stores mostly are. */
function ofEntity(tree: PlaceTreeView, entityId: string): Partial<PlaceDraft> {
  return { entityId, country: tree.entities.find(({ id }) => id === entityId)?.country ?? "" };
}
