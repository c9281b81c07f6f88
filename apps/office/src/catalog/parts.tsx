import { Button } from "@mantine/core";
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { VariantView } from "@weft/contracts/client";
import { formatNumber } from "@weft/ui/i18n/format.ts";
import { ProblemNote } from "@weft/ui/shop/problem-note.tsx";
import { Skeleton } from "@weft/ui/shop/skeleton.tsx";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { unitsOf, type DraftLine } from "../goods/lines-draft.ts";
import { LinesEditor } from "../goods/lines-editor.tsx";
import { useMay } from "../session/session.ts";
import { t } from "../t.ts";

const partsQuery = (id: string) =>
  queryOptions({ queryKey: ["catalog", "parts", id], queryFn: ({ signal }) => api.ask("catalog.parts", { params: { id }, signal }) });

/** What one of a variant is made of: a gift box of a mug and a bag, a cup of beans and milk. It is counted by these parts. */
export function Parts({ variant }: { readonly variant: VariantView }) {
  const parts = useQuery(partsQuery(variant.id));
  const [draft, setDraft] = useState<readonly DraftLine[] | undefined>(undefined);
  const may = useMay();
  const save = useAct(
    (lines: readonly DraftLine[]) => api.ask("catalog.setParts", { params: { id: variant.id }, body: { parts: unitsOf(lines) } }),
    [["catalog"], ["stock"]],
    (queries, answer) => void queries.setQueryData(partsQuery(variant.id).queryKey, answer),
  );
  if (parts.isPending) return <Skeleton height="2rem" />;
  if (parts.isError) return <ProblemNote error={parts.error} onRetry={parts.refetch} />;
  const lines = parts.data.parts;
  if (draft === undefined)
    return (
      <>
        <p className={form.quiet}>
          {inLanguage(variant.name) || variant.sku}:{" "}
          {lines.length === 0
            ? t("office.catalog.no_parts")
            : lines.map(({ name, quantity }) => `${formatNumber(quantity)} × ${inLanguage(name)}`).join(" + ")}
        </p>
        {may("catalog.setParts") ? (
          <Button size="xs" variant="default" onClick={() => setDraft(lines)}>
            {t("office.catalog.change_parts")}
          </Button>
        ) : null}
      </>
    );
  const change = (next: readonly DraftLine[]): void =>
    save.act(
      next,
      () => showToast(t("office.saved"), () => save.mutate(lines)),
      () => setDraft(undefined),
    );
  return (
    <div className={form.form}>
      <LinesEditor lines={draft} onChange={setDraft} />
      <div className={form.row}>
        <Button size="xs" loading={save.isPending} onClick={() => change(draft)}>
          {t("office.save")}
        </Button>
        <Button size="xs" variant="default" onClick={() => setDraft(undefined)}>
          {t("ui.close")}
        </Button>
      </div>
    </div>
  );
}
