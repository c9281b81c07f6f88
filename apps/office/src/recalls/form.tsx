import { ActionIcon, Button, TextInput, Textarea } from "@mantine/core";
import IconX from "@tabler/icons-react/dist/esm/icons/IconX.mjs";
import { useQuery } from "@tanstack/react-query";
import type { BodyOf, LocalizedText, RecallView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { TextInLanguages } from "../catalog/editor/texts.tsx";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { inLanguage } from "../common/text.ts";
import { useSettledText } from "../common/use-settled-text.ts";
import { t } from "../t.ts";
import { codesIn } from "./codes-text.ts";
import { RECALLS_KEY } from "./queries.ts";

type Goods = { readonly productId: string; readonly variantId: string | null; readonly name: LocalizedText };
type Draft = {
  readonly goods: Goods | undefined;
  readonly batches: string;
  readonly serials: string;
  readonly soldFrom: string;
  readonly reason: LocalizedText;
  readonly advice: LocalizedText;
};

const EMPTY: Draft = { goods: undefined, batches: "", serials: "", soldFrom: "", reason: { en: "" }, advice: { en: "" } };

/** Which goods are called back, why, and what their buyers are told to do. */
export function RecallForm({ onDone }: { readonly onDone: (recall: RecallView) => void }) {
  const [draft, setDraft] = useState(EMPTY);
  const change = (part: Partial<Draft>): void => setDraft({ ...draft, ...part });
  const save = useAct((body: BodyOf<"recalls.announce">) => api.ask("recalls.announce", { body }), [RECALLS_KEY]);
  const { goods, batches, serials, soldFrom, reason, advice } = draft;
  const isWhole = codesIn(batches).length + codesIn(serials).length === 0;
  const isReady = goods !== undefined && reason.en.trim() !== "" && (!isWhole || soldFrom !== "");
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!goods) return;
        const { productId, variantId } = goods;
        const which = { productId, variantId, batches: codesIn(batches), serials: codesIn(serials) };
        const said = { reason, advice: advice.en.trim() === "" ? null : advice, soldFrom: soldFrom === "" ? null : soldFrom };
        save.act({ ...which, ...said }, () => showToast(t("office.recall.announced")), onDone);
      }}
    >
      <GoodsChoice goods={goods} onChange={(chosen) => change({ goods: chosen })} />
      <Textarea
        autosize
        label={t("office.recall.batches")}
        description={t("office.recall.batches_hint")}
        value={batches}
        onChange={({ currentTarget }) => change({ batches: currentTarget.value })}
      />
      <Textarea
        autosize
        label={t("office.recall.serials")}
        value={serials}
        onChange={({ currentTarget }) => change({ serials: currentTarget.value })}
      />
      <TextInput
        type="date"
        required={isWhole}
        label={t("office.recall.sold_from")}
        description={t(isWhole ? "office.recall.sold_from_all" : "office.recall.sold_from_hint")}
        value={soldFrom}
        onChange={({ currentTarget }) => change({ soldFrom: currentTarget.value })}
      />
      <TextInLanguages label={t("office.recall.reason")} text={reason} isRequired onChange={(text) => change({ reason: text })} />
      <TextInLanguages label={t("office.recall.advice")} text={advice} onChange={(text) => change({ advice: text })} />
      <p className={form.quiet}>{t(isWhole ? "office.recall.effect_all" : "office.recall.effect")}</p>
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Button type="submit" color="red" loading={save.isPending} disabled={!isReady}>
        {t("office.recall.announce")}
      </Button>
    </form>
  );
}

const MOST_FOUND = 8;

/** The product, or one kind of it, found by name or SKU. */
function GoodsChoice({ goods, onChange }: { readonly goods: Goods | undefined; readonly onChange: (goods: Goods | undefined) => void }) {
  const [typed, setTyped] = useState("");
  const query = useSettledText(typed);
  const found = useQuery({
    queryKey: ["catalog", "for recalls", query],
    enabled: query !== "",
    queryFn: async ({ signal }) => (await api.ask("catalog.listForOffice", { query: { query, limit: MOST_FOUND }, signal })).items,
  });
  if (goods)
    return (
      <div className={form.row}>
        <strong className={form.grow}>{inLanguage(goods.name)}</strong>
        <ActionIcon variant="default" aria-label={t("office.recall.other_goods")} onClick={() => onChange(undefined)}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      </div>
    );
  const choices = (found.data ?? []).flatMap((product) => [
    {
      productId: product.id,
      variantId: null,
      name: product.name,
      detail: product.variants.length > 1 ? t("office.recall.all_variants") : "",
    },
    ...(product.variants.length > 1
      ? product.variants.map(({ id, name, sku }) => ({
          productId: product.id,
          variantId: id,
          name: kindOf(product.name, name),
          detail: sku,
        }))
      : []),
  ]);
  return (
    <>
      <TextInput
        required
        label={t("office.recall.find_goods")}
        autoComplete="off"
        value={typed}
        onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      />
      <ul className={form.rows} aria-live="polite">
        {query === ""
          ? null
          : choices.slice(0, 2 * MOST_FOUND).map(({ detail, ...chosen }) => (
              <li key={`${chosen.productId} ${chosen.variantId}`}>
                <span className={form.grow}>
                  {inLanguage(chosen.name)} <small>{detail}</small>
                </span>
                <Button size="xs" variant="default" onClick={() => onChange(chosen)}>
                  {t("office.recall.choose", { name: inLanguage(chosen.name) })}
                </Button>
              </li>
            ))}
      </ul>
    </>
  );
}

const kindOf = (product: LocalizedText, variant: LocalizedText): LocalizedText =>
  variant.en === "" ? product : { en: `${inLanguage(product)}, ${inLanguage(variant)}` };
