import { NativeSelect, NumberInput } from "@mantine/core";
import type { EditedCategoryView } from "@weft/contracts/client";
import { newId } from "@weft/kernel";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../../api.ts";
import { useAct } from "../../common/act.ts";
import form from "../../common/form.module.css";
import { inLanguage } from "../../common/text.ts";
import { t } from "../../t.ts";
import { ChoiceForm, CodeInput } from "./choice-form.tsx";
import { ifMatch } from "./queries.ts";
import { TextInLanguages } from "./texts.tsx";

type Draft = Pick<EditedCategoryView, "parentId" | "code" | "name" | "position" | "icon">;
type Props = {
  readonly category: EditedCategoryView | null;
  readonly categories: readonly EditedCategoryView[];
  readonly onClose: () => void;
};

/** A shelf of the shop: what it is called, where it stands, and below which. */
export function CategoryForm({ category, categories, onClose }: Props) {
  const last = Math.max(-1, ...categories.map(({ position }) => position));
  const [draft, setDraft] = useState<Draft>(category ?? { parentId: null, code: "", name: { en: "" }, position: last + 1, icon: null });
  const [id] = useState(() => category?.id ?? newId());
  const change = (given: Partial<Draft>): void => setDraft({ ...draft, ...given });
  const save = useAct(
    ({ parentId, code, name, position, icon }: Draft) =>
      api.ask("catalog.saveCategory", {
        params: { id },
        body: { parentId, code, name, position, icon },
        headers: ifMatch(category?.version ?? null),
      }),
    [["catalog"], ["categories"]],
  );
  return (
    <ChoiceForm
      title={category ? inLanguage(category.name) : t("office.catalog.new_category")}
      saving={save}
      onSave={() => save.act(draft, () => showToast(t("office.saved")), onClose)}
      onClose={onClose}
    >
      <TextInLanguages label={t("office.catalog.category")} isRequired text={draft.name} onChange={(name) => change({ name })} />
      <div className={form.row}>
        <CodeInput value={draft.code} onChange={(code) => change({ code })} />
        <NativeSelect
          size="xs"
          label={t("office.catalog.below")}
          value={draft.parentId ?? ""}
          data={[
            { value: "", label: t("office.catalog.below_none") },
            ...categories.filter((one) => one.id !== id).map((one) => ({ value: one.id, label: inLanguage(one.name) })),
          ]}
          onChange={({ currentTarget }) => change({ parentId: currentTarget.value === "" ? null : currentTarget.value })}
        />
        <NumberInput
          size="xs"
          label={t("office.catalog.order")}
          min={0}
          max={100_000}
          value={draft.position}
          onChange={(position) => change({ position: Number(position) || 0 })}
        />
      </div>
    </ChoiceForm>
  );
}
