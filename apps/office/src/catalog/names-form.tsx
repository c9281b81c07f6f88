import { Button, Textarea, TextInput } from "@mantine/core";
import type { LocalizedText, ProductView } from "@weft/contracts/client";
import { problemText } from "@weft/ui/app/problem-text.ts";
import { LOCALE_NAMES, LOCALES } from "@weft/ui/i18n/locales.ts";
import { showToast } from "@weft/ui/shop/toast.tsx";
import { useState } from "react";
import { api } from "../api.ts";
import { useAct } from "../common/act.ts";
import form from "../common/form.module.css";
import { localized, namesOf } from "../common/names.ts";
import { t } from "../t.ts";
import { keepProduct } from "./keep.ts";

/** What a product is called and how it is described, in the four languages. Where one is empty, readers see English. */
export function NamesForm({ product }: { readonly product: ProductView }) {
  const [name, setName] = useState(namesOf(product.name));
  const [description, setDescription] = useState(namesOf(product.description));
  const save = useAct(
    (body: { name: LocalizedText; description: LocalizedText }) => api.ask("catalog.updateProduct", { params: { id: product.id }, body }),
    [["catalog"]],
    keepProduct,
  );
  const before = { name: product.name, description: product.description };
  return (
    <form
      className={form.form}
      onSubmit={(event) => {
        event.preventDefault();
        const body = { name: localized(name), description: localized(description) };
        save.act(body, () => showToast(t("office.saved"), () => save.mutate(before)));
      }}
    >
      {LOCALES.map((locale) => (
        <fieldset key={locale} className={form.form} style={{ border: 0, margin: 0, padding: 0 }}>
          <TextInput
            lang={locale}
            required={locale === "en"}
            label={LOCALE_NAMES[locale]}
            value={name[locale]}
            onChange={({ currentTarget }) => setName({ ...name, [locale]: currentTarget.value })}
          />
          <Textarea
            lang={locale}
            size="xs"
            autosize
            minRows={1}
            aria-label={t("office.catalog.description", { language: LOCALE_NAMES[locale] })}
            value={description[locale]}
            onChange={({ currentTarget }) => setDescription({ ...description, [locale]: currentTarget.value })}
          />
        </fieldset>
      ))}
      <p role="alert" className={form.error}>
        {save.error ? problemText(save.error) : null}
      </p>
      <Button type="submit" variant="default" loading={save.isPending}>
        {t("office.save")}
      </Button>
    </form>
  );
}
